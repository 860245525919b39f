package dev.remit.catalog.classify.text;

import static dev.remit.catalog.classify.text.Characters.at;
import static dev.remit.catalog.classify.text.Characters.isDigit;
import static dev.remit.catalog.classify.text.Characters.isWord;

/// Phone numbers by the way they are written.
///
/// Unmistakable: international with `+` or `00`, an area code in parentheses, North American 3-3-4,
/// a grouped number with trunk zero. Everything else that could be one (7 to 12 digits) needs a
/// word beside it that says so. Validity by numbering plan is not asked: people mistype, plans
/// change, and on the development set a plan's validator found 17 of 100 (see
/// `docs/performance.md`).
final class PhoneForm {
  private static final int NEAR_CHARACTERS = 48;
  private static final int VERY_NEAR_CHARACTERS = 24;

  private PhoneForm() {}

  static boolean matches(DigitGroups groups, int count) {
    if (isDate(groups, count)) {
      return false;
    }
    return isUnmistakable(groups, count) || (isPossible(groups, count) && saysSo(groups, count));
  }

  private static boolean isUnmistakable(DigitGroups groups, int count) {
    int digits = groups.digitCount(count);
    if (groups.startsWithPlus()) {
      return digits >= 8 && digits <= 15 && !groups.text().startsWith("+0", groups.start());
    }
    if (groups.hasParentheses(count)) {
      return count >= 2 && digits >= 7 && digits <= 13 && groups.length(0) <= 5;
    }
    boolean northAmerican =
        (count == 3 && groups.haveLengths(3, 3, 4))
            || (count == 4 && groups.haveLengths(1, 3, 3, 4) && groups.value(0) == 1);
    if (northAmerican) {
      return groups.separator(count - 1) != '/';
    }
    return count >= 2 && startsWithZero(groups) && hasTrunkOrExitCode(groups, count, digits);
  }

  private static boolean hasTrunkOrExitCode(DigitGroups groups, int count, int digits) {
    boolean exitCode = groups.text().startsWith("00", groups.start());
    return exitCode
        ? digits >= 10 && digits <= 17
        : digits >= 9 && digits <= 12 && areWhole(groups, count);
  }

  private static boolean startsWithZero(DigitGroups groups) {
    return groups.text().charAt(groups.start()) == '0';
  }

  /// No group of a single digit, except by itself.
  private static boolean areWhole(DigitGroups groups, int count) {
    for (int group = 0; group < count; group++) {
      if (groups.length(group) < 2) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPossible(DigitGroups groups, int count) {
    int digits = groups.digitCount(count);
    return digits >= 7 && digits <= 12 && areWhole(groups, count);
  }

  private static boolean saysSo(DigitGroups groups, int count) {
    int window = count == 1 ? VERY_NEAR_CHARACTERS : NEAR_CHARACTERS;
    return Wording.before(groups.text(), groups.start(), window, Wording.PHONE)
        || Wording.after(groups.text(), groups.end(count), Wording.PHONE_LABEL);
  }

  /// Year-month-day, or day and month before a year.
  private static boolean isDate(DigitGroups groups, int count) {
    if (count < 3 || groups.hasParentheses(count) || groups.startsWithPlus()) {
      return false;
    }
    if (groups.haveLengths(4, 2, 2)) {
      return isYear(groups.value(0)) && groups.value(1) <= 12 && groups.value(2) <= 31;
    }
    return groups.length(0) <= 2
        && groups.length(1) <= 2
        && groups.length(2) == 4
        && groups.value(0) <= 31
        && groups.value(1) <= 31
        && isYear(groups.value(2));
  }

  private static boolean isYear(int value) {
    return value >= 1800 && value < 2200;
  }

  /// Whether an extension begins here: `x12`, ` ext. 12`.
  static boolean beginsExtension(String text, int position) {
    return withExtension(text, position) > position;
  }

  /// Where the number that ends here ends with its extension.
  static int withExtension(String text, int end) {
    int position = at(text, end) == ' ' ? end + 1 : end;
    if (text.regionMatches(true, position, "ext", 0, 3)) {
      position += 3;
      while (at(text, position) == '.' || at(text, position) == ' ') {
        position++;
      }
    } else if (at(text, position) == 'x' || at(text, position) == 'X') {
      position++;
    } else {
      return end;
    }
    int first = position;
    while (isDigit(at(text, position)) && position - first < 6) {
      position++;
    }
    return position > first && !isWord(at(text, position)) ? position : end;
  }
}
