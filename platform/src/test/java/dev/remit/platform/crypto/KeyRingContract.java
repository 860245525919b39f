package dev.remit.platform.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every key ring promises, whatever keeps its keys.
///
/// Each implementation runs this suite as a subclass of its own.
abstract class KeyRingContract {
  private static final byte[] MESSAGE = "one entry".getBytes(UTF_8);
  private static final byte[] CONTEXT = "source crm".getBytes(UTF_8);

  private KeyRing ring;

  /// Opens the same key ring again after the last one was closed.
  abstract KeyRing open();

  @BeforeEach
  void openRing() {
    ring = open();
  }

  @AfterEach
  void closeRing() {
    ring.close();
  }

  private void reopen() {
    ring.close();
    ring = open();
  }

  @Test
  void aSignatureVerifiesUnderThePublicKeyAndNoOther() {
    byte[] signature = ring.sign("log-signing", MESSAGE);
    assertThat(verifies(ring.publicKey("log-signing"), MESSAGE, signature)).isTrue();
    assertThat(verifies(ring.publicKey("other"), MESSAGE, signature)).isFalse();
    assertThat(verifies(ring.publicKey("log-signing"), CONTEXT, signature)).isFalse();
  }

  @Test
  void aKeyIsTheSameAfterReopening() {
    byte[] publicKey = ring.publicKey("log-signing");
    byte[] sealed = ring.seal("credentials", MESSAGE, CONTEXT);
    byte[] derived = ring.derive("person-index", "email");
    reopen();
    assertThat(ring.publicKey("log-signing")).isEqualTo(publicKey);
    assertThat(ring.unseal("credentials", sealed, CONTEXT)).isEqualTo(MESSAGE);
    assertThat(ring.derive("person-index", "email")).isEqualTo(derived);
  }

  @Test
  void whatIsSealedOpensOnlyUnderItsOwnContextAndKey() {
    byte[] sealed = ring.seal("credentials", MESSAGE, CONTEXT);
    assertThat(ring.unseal("credentials", sealed, CONTEXT)).isEqualTo(MESSAGE);
    assertThatThrownBy(() -> ring.unseal("credentials", sealed, MESSAGE))
        .isInstanceOf(IllegalArgumentException.class);
    ring.seal("others", MESSAGE, CONTEXT);
    assertThatThrownBy(() -> ring.unseal("others", sealed, CONTEXT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEnvelopeWithAnyByteChangedIsRefused() {
    byte[] sealed = ring.seal("credentials", MESSAGE, CONTEXT);
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> ring.unseal("credentials", altered, CONTEXT))
          .as("byte %d", i)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anEmptyOrForeignEnvelopeIsRefused() {
    assertThatThrownBy(() -> ring.unseal("credentials", new byte[0], CONTEXT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ring.unseal("credentials", new byte[100], CONTEXT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sealingTwiceGivesDifferentEnvelopes() {
    assertThat(ring.seal("credentials", MESSAGE, CONTEXT))
        .isNotEqualTo(ring.seal("credentials", MESSAGE, CONTEXT));
  }

  @Test
  void derivedSecretsDifferByNameAndByContext() {
    byte[] first = ring.derive("person-index", "email");
    assertThat(first).hasSize(32).isEqualTo(ring.derive("person-index", "email"));
    assertThat(ring.derive("person-index", "phone")).isNotEqualTo(first);
    assertThat(ring.derive("other-index", "email")).isNotEqualTo(first);
  }

  @Test
  void aNameThatIsNoKeyNameIsRefused() {
    assertThatThrownBy(() -> ring.sign("../ring", MESSAGE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ring.seal("Upper", MESSAGE, CONTEXT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(publicKey, 0));
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }
}
