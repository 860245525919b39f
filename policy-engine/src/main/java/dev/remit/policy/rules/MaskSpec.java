package dev.remit.policy.rules;

/// One mask with its argument. Two equal specifications on one cell are one mask; two different
/// ones deny the column.
///
/// @param argument the constant's text or the custom expression; empty for every other kind
public record MaskSpec(MaskKind kind, String argument) {
  public MaskSpec {
    boolean given = !argument.isEmpty();
    if (kind != MaskKind.CONSTANT && kind.takesArgument() != given) {
      throw new IllegalArgumentException(
          kind.takesArgument()
              ? "the mask " + kind.shortName() + " needs its value"
              : "the mask " + kind.shortName() + " takes no value");
    }
  }

  /// A mask without argument.
  public MaskSpec(MaskKind kind) {
    this(kind, "");
  }
}
