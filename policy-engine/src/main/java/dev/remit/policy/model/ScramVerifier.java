package dev.remit.policy.model;

import java.util.Arrays;
import java.util.Objects;

/// What a server keeps instead of a password (RFC 5802 §3, SHA-256 by RFC 7677).
///
/// @param salt at least 16 bytes
/// @param iterations of PBKDF2, at least 4096
/// @param storedKey `H(ClientKey)`, 32 bytes
/// @param serverKey `HMAC(SaltedPassword, "Server Key")`, 32 bytes
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record ScramVerifier(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
  public ScramVerifier {
    salt = salt.clone();
    storedKey = storedKey.clone();
    serverKey = serverKey.clone();
  }

  @Override
  public byte[] salt() {
    return salt.clone();
  }

  @Override
  public byte[] storedKey() {
    return storedKey.clone();
  }

  @Override
  public byte[] serverKey() {
    return serverKey.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScramVerifier that
        && iterations == that.iterations
        && Arrays.equals(salt, that.salt)
        && Arrays.equals(storedKey, that.storedKey)
        && Arrays.equals(serverKey, that.serverKey);
  }

  @Override
  public int hashCode() {
    return Objects.hash(iterations, Arrays.hashCode(salt), Arrays.hashCode(storedKey));
  }

  @Override
  public String toString() {
    return "ScramVerifier[iterations=" + iterations + "]";
  }
}
