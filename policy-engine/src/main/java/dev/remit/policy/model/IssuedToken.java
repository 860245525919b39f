package dev.remit.policy.model;

import java.time.Instant;

/// A new access token. This is the only time its secret is seen; Remit keeps a digest.
///
/// @param loginName user name under which the wire takes it, `token:<id>`
/// @param secret bearer token for the API, password on the wire
public record IssuedToken(String id, String loginName, String secret, Instant expiresAt) {
  @Override
  public String toString() {
    return "IssuedToken[id=" + id + ", expiresAt=" + expiresAt + "]";
  }
}
