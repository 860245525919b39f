package dev.remit.policy.rules;

import java.util.Arrays;
import java.util.Optional;

/// The masks there are: their name in short policies and their name in Ranger's.
public enum MaskKind {
  /// Imposes nothing and lifts nothing.
  NONE("none", "MASK_NONE", false),
  NULL("null", "MASK_NULL", false),
  CONSTANT("constant", "MASK_CONSTANT", true),
  /// Keyed token, equal for equal values within one source and purpose.
  TOKEN("token", "MASK_HASH", false),
  /// Every letter and digit replaced, of any script.
  REDACT("redact", "MASK", false),
  LAST4("last4", "MASK_SHOW_LAST_4", false),
  FIRST4("first4", "MASK_SHOW_FIRST_4", false),
  YEAR("year", "MASK_DATE_SHOW_YEAR", false),
  PARTIAL_EMAIL("partial-email", "MASK_PARTIAL_EMAIL", false),
  /// An expression over the columns of the table.
  CUSTOM("custom", "CUSTOM", true);

  private final String shortName;
  private final String rangerName;
  private final boolean takesArgument;

  MaskKind(String shortName, String rangerName, boolean takesArgument) {
    this.shortName = shortName;
    this.rangerName = rangerName;
    this.takesArgument = takesArgument;
  }

  /// As written after `with:` in a short policy.
  public String shortName() {
    return shortName;
  }

  /// As written in `dataMaskType` of a Ranger policy.
  public String rangerName() {
    return rangerName;
  }

  /// Whether a value or an expression belongs to it.
  public boolean takesArgument() {
    return takesArgument;
  }

  /// The mask of this short name.
  public static Optional<MaskKind> ofShortName(String name) {
    return Arrays.stream(values()).filter(kind -> kind.shortName.equals(name)).findFirst();
  }

  /// The mask of this Ranger name.
  public static Optional<MaskKind> ofRangerName(String name) {
    return Arrays.stream(values()).filter(kind -> kind.rangerName.equals(name)).findFirst();
  }
}
