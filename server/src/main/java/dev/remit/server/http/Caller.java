package dev.remit.server.http;

import java.util.Set;

/// Who a bearer token stands for.
public record Caller(String name, Set<String> roles) {
  public Caller {
    roles = Set.copyOf(roles);
  }
}
