"""The check as builds and large sites run it: once for a build, in processes, in parts."""
