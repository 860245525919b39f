package dev.remit.evidence.model;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Who makes a change of what is in force. Every change names its author in its entry of the log.
public sealed interface Author {
  /// How entries name her, field `by`. A user by her name; the others by words that are no name.
  String by();

  /// The entry of a change of hers.
  ///
  /// @param fields without `by`
  default LogEntry entry(String kind, Instant time, Map<String, ?> fields) {
    Map<String, Object> signed = new HashMap<>(fields);
    signed.put("by", by());
    if (this instanceof User user) {
      signed.put("byToken", user.token());
    }
    return new LogEntry(kind, time, signed);
  }

  /// A user, by the token she came with.
  ///
  /// @param token its id; the entry that issued it says who did
  record User(String name, String token) implements Author {
    @Override
    public String by() {
      return name;
    }
  }

  /// Whoever can read the data folder, where the keys are: nothing in this process binds her, but
  /// the log shows her.
  enum AtTheMachine implements Author {
    LOCAL_OPERATOR("the local operator"),
    START("the start in development mode");

    private final String words;

    AtTheMachine(String words) {
      this.words = words;
    }

    @Override
    public String by() {
      return words;
    }
  }
}
