package dev.remit.catalog.classify.text;

import static dev.remit.catalog.classify.text.Characters.at;
import static dev.remit.catalog.classify.text.Characters.isAsciiLetter;
import static dev.remit.catalog.classify.text.Characters.isDigit;
import static dev.remit.catalog.classify.text.Characters.isWord;

import java.util.Optional;

/// Reads what begins with a digit, a plus or a parenthesis, and IBANs, whose digits begin at the
/// third character.
///
/// A run of digit groups is taken as long as it goes; then the longest leading part that is
/// something becomes a span, and reading goes on behind it.
final class NumberReader {
  private final String text;
  private final Findings findings;

  NumberReader(String text, Findings findings) {
    this.text = text;
    this.findings = findings;
  }

  /// Returns where to go on, which is greater than `position`.
  int number(int position) {
    char before = at(text, position - 1);
    if (isWord(before)) {
      return insideWord(position);
    }
    DigitGroups groups = DigitGroups.read(text, position);
    for (int count = groups.count(); count > 0; count--) {
      Optional<Span.Kind> kind = kindOf(groups, count);
      if (kind.isPresent()) {
        int end = groups.end(count);
        if (kind.get() == Span.Kind.PHONE) {
          end = PhoneForm.withExtension(text, end);
        }
        findings.add(kind.get(), groups.start(), end);
        return end;
      }
    }
    return Math.max(groups.count() == 0 ? 0 : groups.end(groups.count()), position + 1);
  }

  private Optional<Span.Kind> kindOf(DigitGroups groups, int count) {
    if (NumberForm.isIpv4(groups, count)) {
      return Optional.of(Span.Kind.IP);
    }
    if (NumberForm.isCard(groups, count)) {
      return Optional.of(Span.Kind.CARD);
    }
    if (NumberForm.isSocialSecurityNumber(groups, count)) {
      return Optional.of(Span.Kind.US_SSN);
    }
    return PhoneForm.matches(groups, count) ? Optional.of(Span.Kind.PHONE) : Optional.empty();
  }

  /// Digits glued to letters: an IBAN, or nothing; goes on behind the digits.
  private int insideWord(int position) {
    boolean afterCountry =
        isAsciiLetter(at(text, position - 1))
            && isAsciiLetter(at(text, position - 2))
            && !isWord(at(text, position - 3));
    if (afterCountry) {
      int end = IbanForm.end(text, position - 2);
      if (end > 0) {
        findings.add(Span.Kind.IBAN, position - 2, end);
        return end;
      }
    }
    int end = position + 1;
    while (isDigit(at(text, end))) {
      end++;
    }
    return end;
  }
}
