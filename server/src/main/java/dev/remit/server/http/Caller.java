package dev.remit.server.http;

import dev.remit.evidence.model.Author;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.util.Set;

/// Who a bearer token stands for.
///
/// @param author how changes of hers are signed
public record Caller(Author author, Set<String> roles) {
  public Caller {
    roles = Set.copyOf(roles);
  }

  String name() {
    return author.by();
  }

  /// Refused with FORBIDDEN when she has not this one.
  void require(String role) {
    if (!roles.contains(role)) {
      throw new RemitException(
          ErrorCode.FORBIDDEN, name() + " may not do this; it is open to the role " + role);
    }
  }
}
