package dev.remit.policy.principals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.policy.model.ScramVerifier;
import dev.remit.policy.testing.MemoryKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Goal: a verifier accepts exactly the exchange of RFC 7677, and unknown names get one that
/// accepts none and never changes.
class ScramTest {
  private static final String AUTH_MESSAGE =
      "n=user,r=rOprNGfwEbeRWgbNEkqO,"
          + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
          + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
          + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

  private final Scram scram = new Scram(new SecureRandom(), new MemoryKeys(), 4096);

  @Test
  void theExchangeOfRfc7677IsAccepted() throws Exception {
    ScramVerifier verifier =
        Scram.verifier("pencil", Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);
    byte[] signature = hmac(verifier.storedKey(), AUTH_MESSAGE);
    byte[] proof = Base64.getDecoder().decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    byte[] clientKey = new byte[proof.length];
    for (int index = 0; index < proof.length; index++) {
      clientKey[index] = (byte) (proof[index] ^ signature[index]);
    }
    assertThat(MessageDigest.getInstance("SHA-256").digest(clientKey))
        .isEqualTo(verifier.storedKey());
    assertThat(Base64.getEncoder().encodeToString(hmac(verifier.serverKey(), AUTH_MESSAGE)))
        .isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
  }

  private static byte[] hmac(byte[] key, String message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void passwordsArePreparedBySaslprep() {
    byte[] salt = new byte[16];
    assertThat(Scram.verifier("I\u00ADX", salt, 4096)).isEqualTo(Scram.verifier("IX", salt, 4096));
    assertThat(Scram.verifier("\u2168", salt, 4096)).isEqualTo(Scram.verifier("IX", salt, 4096));
    assertThat(Scram.verifier("a\u0007b", salt, 4096)).isNotNull();
  }

  @Test
  void thePasswordIsNotInTheVerifierAndTwoVerifiersDiffer() {
    assertThat(scram.verifier("pencil")).isNotEqualTo(scram.verifier("pencil"));
    assertThat(scram.verifier("pencil").toString()).doesNotContain("pencil");
  }

  @Test
  void anUnknownNameAlwaysGetsTheSameVerifier() {
    assertThat(scram.mock("nobody")).isEqualTo(scram.mock("nobody"));
    assertThat(scram.mock("nobody").salt()).hasSize(16).isNotEqualTo(scram.mock("other").salt());
  }

  @Test
  void fewerThan4096IterationsAreRefused() {
    assertThatThrownBy(() -> new Scram(new SecureRandom(), new MemoryKeys(), 4095))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
