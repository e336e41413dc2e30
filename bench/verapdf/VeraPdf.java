import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/** Prints, for each file, every rule of PDF/UA-1 that it breaks, and in the end how many it read. */
public class VeraPdf {
    public static void main(String[] names) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile =
                Profiles.profileFromXml(Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/PDFUA-1.xml"));
        for (String name : names) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(name), PDFAFlavour.PDFUA_1);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
                ValidationResult result = validator.validate(parser);
                for (TestAssertion failed : result.getTestAssertions()) {
                    System.out.println(name + ": " + failed.getRuleId().getClause() + ": " + failed.getMessage());
                }
                if (!result.isCompliant() && result.getTestAssertions().isEmpty()) {
                    System.out.println(name + ": is not PDF/UA-1");
                }
            }
        }
        System.out.println(names.length + " files");
    }
}
