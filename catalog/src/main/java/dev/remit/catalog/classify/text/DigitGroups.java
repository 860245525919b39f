package dev.remit.catalog.classify.text;

import static dev.remit.catalog.classify.text.Characters.at;
import static dev.remit.catalog.classify.text.Characters.isDigit;
import static dev.remit.catalog.classify.text.Characters.isWord;

/// A run of digit groups with single separators between them, as `+46 (0)8 928-571`.
///
/// Groups may stand in parentheses. A group that a letter or a time's colon follows is not part of
/// the run. Owned by one reader; not changed after [#read].
final class DigitGroups {
  /// Longer runs are cut; nothing that is looked for has more.
  private static final int MOST_GROUPS = 8;

  /// For a group in parentheses or right behind one.
  static final char NONE = 0;

  private static final String SEPARATORS = " -./\u00a0\u2010\u2011\u2013";

  private final String text;
  private final int start;
  private final int[] starts = new int[MOST_GROUPS];
  private final int[] ends = new int[MOST_GROUPS];
  private final char[] separators = new char[MOST_GROUPS];
  private int parenthesised = -1;
  private int count;

  private DigitGroups(String text, int start) {
    this.text = text;
    this.start = start;
  }

  /// Reads the run that begins at a digit, `+` or `(`; it may turn out empty.
  static DigitGroups read(String text, int start) {
    DigitGroups groups = new DigitGroups(text, start);
    groups.readAll();
    return groups;
  }

  private void readAll() {
    int position = startsWithPlus() ? start + 1 : start;
    char separator = NONE;
    while (count < MOST_GROUPS && position >= 0) {
      int end = readGroup(position, separator);
      if (end < 0) {
        break;
      }
      separator = at(text, end);
      position = nextGroup(end);
      if (position == end) {
        separator = NONE;
      }
    }
    dropGluedGroup();
  }

  /// Returns the end of the group, behind its closing parenthesis, or -1 when there is none.
  private int readGroup(int position, char separator) {
    boolean open = at(text, position) == '(';
    int first = open ? position + 1 : position;
    int end = first;
    while (isDigit(at(text, end))) {
      end++;
    }
    if (end == first || (open && (parenthesised >= 0 || at(text, end) != ')'))) {
      return -1;
    }
    if (open) {
      parenthesised = count;
    }
    starts[count] = first;
    ends[count] = end;
    separators[count] = separator;
    count++;
    return open ? end + 1 : end;
  }

  /// Where the next group begins, its parenthesis included, or -1.
  private int nextGroup(int end) {
    char symbol = at(text, end);
    if (beginsGroup(end) && (symbol == '(' || parenthesised == count - 1)) {
      return end;
    }
    return SEPARATORS.indexOf(symbol) >= 0 && beginsGroup(end + 1) ? end + 1 : -1;
  }

  private boolean beginsGroup(int position) {
    char symbol = at(text, position);
    return isDigit(symbol) || (symbol == '(' && isDigit(at(text, position + 1)));
  }

  /// The `3rd` of `12 3rd Street` and the `12` of `2003-08-28 12:13` are no part of the run.
  private void dropGluedGroup() {
    if (count == 0) {
      return;
    }
    char after = at(text, end(count));
    boolean time =
        after == ':' && isDigit(at(text, end(count) + 1)) && separators[count - 1] != '.';
    if (time || (isWord(after) && !PhoneForm.beginsExtension(text, end(count)))) {
      count--;
    }
  }

  int count() {
    return count;
  }

  String text() {
    return text;
  }

  /// Offset of the run's first character, its plus or parenthesis included.
  int start() {
    return start;
  }

  /// Offset behind the first `groupCount` groups, a closing parenthesis included.
  int end(int groupCount) {
    int last = groupCount - 1;
    return last == parenthesised ? ends[last] + 1 : ends[last];
  }

  boolean startsWithPlus() {
    return text.charAt(start) == '+';
  }

  /// Whether one of the first `groupCount` groups stands in parentheses.
  boolean hasParentheses(int groupCount) {
    return parenthesised >= 0 && parenthesised < groupCount;
  }

  /// Digits of one group.
  int length(int group) {
    return ends[group] - starts[group];
  }

  /// What stands before a group.
  char separator(int group) {
    return separators[group];
  }

  /// Digits of the first `groupCount` groups.
  int digitCount(int groupCount) {
    int digits = 0;
    for (int group = 0; group < groupCount; group++) {
      digits += length(group);
    }
    return digits;
  }

  /// The digits of the first `groupCount` groups, joined.
  String digits(int groupCount) {
    StringBuilder digits = new StringBuilder(20);
    for (int group = 0; group < groupCount; group++) {
      digits.append(text, starts[group], ends[group]);
    }
    return digits.toString();
  }

  /// A group of at most nine digits as number.
  int value(int group) {
    return Integer.parseInt(text, starts[group], ends[group], 10);
  }

  /// Whether the groups have exactly these lengths.
  boolean haveLengths(int... lengths) {
    for (int group = 0; group < lengths.length; group++) {
      if (group >= count || length(group) != lengths[group]) {
        return false;
      }
    }
    return true;
  }

  /// Whether the same separator stands between the first `groupCount` groups.
  boolean areUniform(int groupCount) {
    for (int group = 2; group < groupCount; group++) {
      if (separators[group] != separators[1]) {
        return false;
      }
    }
    return true;
  }
}
