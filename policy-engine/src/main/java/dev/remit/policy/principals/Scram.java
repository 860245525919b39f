package dev.remit.policy.principals;

import com.ongres.stringprep.Profile;
import com.ongres.stringprep.Stringprep;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.policy.model.ScramVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes SCRAM-SHA-256 verifiers (RFC 5802, RFC 7677).
///
/// Passwords are prepared by SASLprep (RFC 4013); one that the profile rejects is used as it is,
/// which is what PostgreSQL and libpq do (`pg_saslprep`).
public final class Scram {
  private static final int SALT_BYTES = 16;
  private static final String MOCK_KEY = "scram-mock";
  private static final Profile SASL_PREP = Stringprep.getProvider("SASLprep");

  private final SecureRandom random;
  private final KeyRing keys;
  private final int iterations;

  /// @param iterations of PBKDF2 for new verifiers, at least 4096
  public Scram(SecureRandom random, KeyRing keys, int iterations) {
    if (iterations < 4096) {
      throw new IllegalArgumentException("SCRAM-SHA-256 needs at least 4096 iterations");
    }
    this.random = random;
    this.keys = keys;
    this.iterations = iterations;
  }

  /// A verifier of this password under a new salt.
  public ScramVerifier verifier(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return verifier(password, salt, iterations);
  }

  static ScramVerifier verifier(String password, byte[] salt, int iterations) {
    byte[] salted = saltedPassword(prepared(password), salt, iterations);
    return new ScramVerifier(
        salt,
        iterations,
        sha256(hmac(salted, "Client Key".getBytes(StandardCharsets.US_ASCII))),
        hmac(salted, "Server Key".getBytes(StandardCharsets.US_ASCII)));
  }

  /// The verifier shown for a name that does not exist: the same every time, and no password fits,
  /// so that an exchange does not tell whether a user exists (RFC 5802 §9; PostgreSQL does so too).
  public ScramVerifier mock(String name) {
    return new ScramVerifier(
        Arrays.copyOf(keys.derive(MOCK_KEY, "salt/" + name), SALT_BYTES),
        iterations,
        keys.derive(MOCK_KEY, "stored/" + name),
        keys.derive(MOCK_KEY, "server/" + name));
  }

  private static String prepared(String password) {
    try {
      return SASL_PREP.prepareStored(password);
    } catch (IllegalArgumentException rejectedByProfile) {
      return password;
    }
  }

  private static byte[] saltedPassword(String password, byte[] salt, int iterations) {
    byte[] key = password.getBytes(StandardCharsets.UTF_8);
    byte[] first = Arrays.copyOf(salt, salt.length + 4);
    first[first.length - 1] = 1;
    Mac mac = mac(key);
    byte[] block = mac.doFinal(first);
    byte[] result = block.clone();
    for (int round = 1; round < iterations; round++) {
      block = mac.doFinal(block);
      for (int index = 0; index < result.length; index++) {
        result[index] ^= block[index];
      }
    }
    Arrays.fill(key, (byte) 0);
    return result;
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    return mac(key).doFinal(message);
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no HmacSHA256", missing);
    }
  }

  static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no SHA-256", missing);
    }
  }
}
