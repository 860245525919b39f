package dev.remit.evidence.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: signed notes and checkpoints are those of C2SP, neither more nor less. Method: the
/// published example with its key, and forms that must be refused.
class SignedNoteTest {
  private static final VerifierKey KEY =
      VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  private static final String SIGNATURE =
      "\u2014 example.com/foo"
          + " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
  private static final String NOTE = "This is an example message.\n\n" + SIGNATURE;

  @Test
  void thePublishedExampleVerifies() {
    SignedNote note = SignedNote.parse(NOTE);
    assertThat(note.text()).isEqualTo("This is an example message.\n");
    assertThat(note.signers(List.of(KEY))).containsExactly(KEY);
    assertThat(note.encoded()).isEqualTo(NOTE);
    assertThat(KEY)
        .hasToString("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  }

  @Test
  void aBadSignatureUnderAKnownKeyRefusesTheNote() {
    SignedNote forged = SignedNote.parse(NOTE.replace("an example", "no example"));
    assertThatThrownBy(() -> forged.signers(List.of(KEY)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not genuine");
  }

  @Test
  void linesOfUnknownKeysAndAlgorithmsAreKeptAndIgnored() {
    String other = "\u2014 witness.example/w1 AAAABQECAwQFBgc=\n";
    SignedNote note = SignedNote.parse("This is an example message.\n\n" + other + SIGNATURE);
    assertThat(note.signatures()).hasSize(2);
    assertThat(note.signers(List.of(KEY))).containsExactly(KEY);
    assertThat(note.encoded()).contains(other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text\n",
        "text\n\n",
        "text\n\n- example.com/foo AAAABQE=\n",
        "text\n\n\u2014 example.com/foo\n",
        "text\n\n\u2014 example.com/foo AAAABQ==\n",
        "text\n\n\u2014 exam+ple AAAABQE=\n",
        "text\n\n\u2014 example.com/foo AAAABQE\n",
        "text\n\n\u2014 example.com/foo AAAABQE=",
        "te\u0001xt\n\n\u2014 example.com/foo AAAABQE=\n",
      })
  void otherFormsAreRefused(String note) {
    assertThatThrownBy(() -> SignedNote.parse(note)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyIdThatDoesNotBelongToTheKeyIsRefused() {
    assertThatThrownBy(() -> VerifierKey.parse(KEY.toString().replace("530d903a", "530d903b")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCheckpointReadsBackAsItWasWritten() {
    Checkpoint checkpoint =
        new Checkpoint("log.example", 7, Hash.of(MerkleTree.leafHash(new byte[0])));
    assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "o\n00\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n99999999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n",
        "o\n1\nZG9uJ3QgY2FyZSAy\n",
        "\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nextension\n",
        "o\n0\nKouAp3/rgbmCt+zbbFC9x3GdT9Q0Zr0ZK0OSM7oMb1I=\n",
      })
  void otherCheckpointsAreRefused(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
