package dev.remit.proxy.login;

import java.util.Arrays;

/// What the server keeps of a password (RFC 5802, section 3): enough to check it, not enough to use
/// it elsewhere.
///
/// @param storedKey SHA-256 of the client key, 32 bytes
/// @param serverKey 32 bytes
@SuppressWarnings("ArrayRecordComponent") // never compared; equality and text form are replaced
public record ScramVerifier(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {

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
    return Arrays.hashCode(salt);
  }

  @Override
  public String toString() {
    return "ScramVerifier";
  }
}
