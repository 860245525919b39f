package dev.remit.evidence.leaf;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Random bytes for salts: the key stream of AES-256 in counter mode under a key from the system's
/// generator, a fresh one after each megabyte. Asking the system's generator for the salts of each
/// entry cost more than their digests.
///
/// As NIST SP 800-90A's CTR_DRBG generates, without its update after each request: whoever reads
/// the key in this process's memory reads the entries' fields there too. Safe for use by any
/// thread.
final class SaltSource {
  private static final int KEY_BYTES = 32;
  private static final int BLOCK_BYTES = 16;
  private static final int BYTES_OF_ONE_KEY = 1 << 20;

  private final SecureRandom random;
  private final Cipher cipher;
  private int left;

  SaltSource(SecureRandom random) {
    this.random = random;
    try {
      this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has AES in counter mode", impossible);
    }
  }

  /// This many bytes, never given out before.
  synchronized byte[] next(int bytes) {
    try {
      if (left < bytes) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        cipher.init(
            Cipher.ENCRYPT_MODE,
            new SecretKeySpec(key, "AES"),
            new IvParameterSpec(new byte[BLOCK_BYTES]));
        left = Math.max(BYTES_OF_ONE_KEY, bytes);
      }
      left -= bytes;
      return cipher.update(new byte[bytes]);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-256 takes any key of 32 bytes", impossible);
    }
  }
}
