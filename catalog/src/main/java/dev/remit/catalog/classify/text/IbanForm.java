package dev.remit.catalog.classify.text;

import static dev.remit.catalog.classify.text.Characters.at;
import static dev.remit.catalog.classify.text.Characters.isAsciiWord;
import static dev.remit.catalog.classify.text.Characters.isWord;

import java.util.Locale;
import org.apache.commons.validator.routines.IBANValidator;

/// IBANs (ISO 13616) in any case, in one piece or in groups.
final class IbanForm {
  private static final IBANValidator VALIDATOR = IBANValidator.getInstance();

  private IbanForm() {}

  /// Where the IBAN that begins at `start` ends, or -1 when there is none. Cut at the length of its
  /// country, so that it never swallows the next word.
  static int end(String text, int start) {
    String country = text.substring(start, start + 2).toUpperCase(Locale.ROOT);
    IBANValidator.Validator rules = VALIDATOR.getValidator(country);
    if (rules == null) {
      return -1;
    }
    StringBuilder code = new StringBuilder(rules.getIbanLength());
    int position = start;
    while (code.length() < rules.getIbanLength()) {
      char symbol = at(text, position);
      boolean gap = (symbol == ' ' || symbol == '-') && isAsciiWord(at(text, position + 1));
      if (isAsciiWord(symbol)) {
        code.append(Character.toUpperCase(symbol));
      } else if (!gap) {
        return -1;
      }
      position++;
    }
    return !isWord(at(text, position)) && VALIDATOR.isValid(code.toString()) ? position : -1;
  }
}
