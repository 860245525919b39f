package dev.remit.policy.rules;

import java.util.List;

/// One line of `masks:` in a short policy: which columns, by tag or by name, get which mask.
///
/// @param tags taxonomy names; a column matches when it carries one of them or one below
/// @param columns names or patterns; exactly one of both lists is filled
public record MaskRule(List<String> tags, List<String> columns, MaskSpec mask) {
  public MaskRule {
    tags = List.copyOf(tags);
    columns = List.copyOf(columns);
  }
}
