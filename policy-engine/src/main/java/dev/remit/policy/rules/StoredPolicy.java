package dev.remit.policy.rules;

import com.fasterxml.jackson.databind.JsonNode;

/// One policy as it is kept: exactly what was applied, with the id that decisions name.
///
/// @param id given by the store; decisions, explanations and records refer to it
public record StoredPolicy(long id, String name, Form form, JsonNode definition) {

  /// The two languages policies come in.
  public enum Form {
    SHORT,
    RANGER
  }
}
