package dev.remit.evidence.model;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A SHA-256 value of 32 bytes: leaf, node or root of the tree. Immutable.
public final class Hash {
  /// Bytes of a hash.
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a hash has 32 bytes, this one " + bytes.length);
    }
    this.bytes = bytes;
  }

  /// Copies the bytes; other than 32 of them are refused.
  public static Hash of(byte[] bytes) {
    return new Hash(bytes.clone());
  }

  /// Reads standard base64 with padding (RFC 4648 §4).
  public static Hash fromBase64(String text) {
    return new Hash(Base64.getDecoder().decode(text));
  }

  /// A copy of the 32 bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// Standard base64 with padding, as C2SP formats write hashes.
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// Lower-case hexadecimal.
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
