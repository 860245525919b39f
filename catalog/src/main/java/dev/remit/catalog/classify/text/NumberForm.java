package dev.remit.catalog.classify.text;

import java.util.Set;

/// Numbers with rules of their own: IPv4 addresses, payment cards, US social security numbers.
final class NumberForm {
  private static final int NEAR_CHARACTERS = 40;

  private NumberForm() {}

  /// Four numbers up to 255 between dots, without leading zeros.
  static boolean isIpv4(DigitGroups groups, int count) {
    if (count != 4 || groups.hasParentheses(4) || groups.startsWithPlus()) {
      return false;
    }
    for (int group = 0; group < 4; group++) {
      int length = groups.length(group);
      boolean dotted = group == 0 || groups.separator(group) == '.';
      boolean plain =
          length <= 3 && (length == 1 || groups.value(group) >= (length == 2 ? 10 : 100));
      if (!dotted || !plain || groups.value(group) > 255) {
        return false;
      }
    }
    return groups.count() == 4 || groups.separator(4) != '.';
  }

  /// 12 to 19 digits in one group or as printed on cards, with their check digit: of a known
  /// issuer, or where the text says that it is a card.
  static boolean isCard(DigitGroups groups, int count) {
    int digitCount = groups.digitCount(count);
    if (digitCount < 12
        || digitCount > 19
        || groups.hasParentheses(count)
        || groups.startsWithPlus()
        || !isGroupedAsOnCards(groups, count)) {
      return false;
    }
    String digits = groups.digits(count);
    return passesLuhn(digits) && (CardIssuers.issue(digits) || saysSo(groups, Wording.CARD));
  }

  private static boolean isGroupedAsOnCards(DigitGroups groups, int count) {
    if (count == 1) {
      return true;
    }
    char separator = groups.separator(1);
    boolean printed = separator == ' ' || separator == '-' || separator == '\u00a0';
    if (!printed || count < 3 || count > 5 || !groups.areUniform(count)) {
      return false;
    }
    for (int group = 0; group < count; group++) {
      int length = groups.length(group);
      if (group == 0 ? length != 4 : length < 3 || length > 6) {
        return false;
      }
    }
    return true;
  }

  /// ISO/IEC 7812-1, annex B.
  static boolean passesLuhn(String digits) {
    int sum = 0;
    for (int i = digits.length() - 1, weight = 1; i >= 0; i--, weight = 3 - weight) {
      int product = (digits.charAt(i) - '0') * weight;
      sum += product > 9 ? product - 9 : product;
    }
    return sum % 10 == 0;
  }

  /// `AAA-GG-SSSS` with an area, group and serial that can be assigned; with other separators or
  /// none only where the text says what it is.
  static boolean isSocialSecurityNumber(DigitGroups groups, int count) {
    if (groups.startsWithPlus() || groups.hasParentheses(count)) {
      return false;
    }
    String digits;
    if (count == 3 && groups.haveLengths(3, 2, 4) && groups.areUniform(3)) {
      digits = groups.digits(3);
      if (groups.separator(1) != '-' && !saysSo(groups, Wording.SOCIAL_SECURITY)) {
        return false;
      }
    } else if (count == 1 && groups.length(0) == 9 && saysSo(groups, Wording.SOCIAL_SECURITY)) {
      digits = groups.digits(1);
    } else {
      return false;
    }
    return !digits.startsWith("000")
        && !digits.startsWith("666")
        && digits.charAt(0) != '9'
        && !digits.startsWith("00", 3)
        && !digits.endsWith("0000");
  }

  private static boolean saysSo(DigitGroups groups, Set<String> words) {
    return Wording.before(groups.text(), groups.start(), NEAR_CHARACTERS, words);
  }
}
