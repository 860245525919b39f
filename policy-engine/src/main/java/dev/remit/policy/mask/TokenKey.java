package dev.remit.policy.mask;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.crypto.KeyRing;
import java.util.Arrays;
import java.util.HexFormat;

/// The two padded keys of HMAC-SHA-256 (RFC 2104, RFC 6234) for one source and purpose, ready to be
/// bound as `bytea`.
///
/// Equal values give equal tokens within one source and purpose, so tokens still join; between
/// purposes they do not.
///
/// @param inner 64 bytes in PostgreSQL's hex form
/// @param outer 64 bytes in PostgreSQL's hex form
public record TokenKey(String inner, String outer) {
  private static final int BLOCK_BYTES = 64;
  private static final String KEY_NAME = "mask-token";

  /// Derives the key from the ring; equal arguments give equal keys for ever.
  public static TokenKey derive(KeyRing keys, SourceName source, PurposeCode purpose) {
    byte[] secret = keys.derive(KEY_NAME, "token/" + source.value() + "/" + purpose.value());
    byte[] block = Arrays.copyOf(secret, BLOCK_BYTES);
    Arrays.fill(secret, (byte) 0);
    return new TokenKey(padded(block, 0x36), padded(block, 0x5c));
  }

  private static String padded(byte[] block, int pad) {
    byte[] padded = new byte[BLOCK_BYTES];
    for (int index = 0; index < BLOCK_BYTES; index++) {
      padded[index] = (byte) (block[index] ^ pad);
    }
    return "\\x" + HexFormat.of().formatHex(padded);
  }

  @Override
  public String toString() {
    return "TokenKey[secret]";
  }
}
