# The program that made this site, on this machine only. Where it is gone, .venv/bin/guide takes its place.
GUIDE := @guide@
