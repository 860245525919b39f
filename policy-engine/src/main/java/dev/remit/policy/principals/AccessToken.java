package dev.remit.policy.principals;

import dev.remit.policy.model.ScramVerifier;
import java.time.Instant;
import java.util.Arrays;

/// An issued token as it is kept: its digest, and a SCRAM verifier for the wire.
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
record AccessToken(
    String id,
    String userName,
    String audience,
    byte[] digest,
    ScramVerifier verifier,
    Instant expiresAt) {
  AccessToken {
    digest = digest.clone();
  }

  boolean isValid(String forAudience, Instant now) {
    return audience.equals(forAudience) && now.isBefore(expiresAt);
  }

  @Override
  public byte[] digest() {
    return digest.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccessToken that
        && id.equals(that.id)
        && Arrays.equals(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
