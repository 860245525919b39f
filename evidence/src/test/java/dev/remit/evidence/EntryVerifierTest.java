package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.evidence.model.Disclosure;
import dev.remit.evidence.model.InclusionProof;
import dev.remit.evidence.model.LoggedEntry;
import dev.remit.evidence.model.VerifierKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goal: an entry that was handed out is believed only when every part of it is what the log
/// committed to. Method: one honest answer, and the same with one part changed at a time.
class EntryVerifierTest {
  @TempDir Path folder;
  private LogFixture fixture;
  private EvidenceLog log;
  private EntryVerifier verifier;
  private LoggedEntry entry;
  private InclusionProof proof;
  private String note;

  @BeforeEach
  void handOutTheThirdOfFive() {
    fixture = new LogFixture(folder);
    log = fixture.open();
    EvidenceLogTest.appendMany(log, 5);
    verifier = new EntryVerifier(log.verifierKey());
    entry = log.entry(2);
    note = log.checkpoint().note().encoded();
    proof = log.inclusionProof(2, 5);
  }

  @AfterEach
  void closeLog() {
    log.close();
    fixture.close();
  }

  @Test
  void theHonestAnswerIsVerifiedWithItsBodyAndWithout() {
    assertThat(verifier.verify(entry.leaf(), disclosures(), proof, note).size()).isEqualTo(5);
    assertThat(verifier.verify(entry.leaf(), List.of(), proof, note).size()).isEqualTo(5);
  }

  @Test
  void aChangedValueNameOrSaltIsFound() {
    Disclosure first = disclosures().getFirst();
    for (Disclosure forged :
        List.of(
            new Disclosure(first.salt(), first.name(), "forged"),
            new Disclosure(first.salt(), "forged", first.value()),
            new Disclosure("AAAAAAAAAAAAAAAAAAAAAA", first.name(), first.value()))) {
      List<Disclosure> changed = new ArrayList<>(disclosures());
      changed.set(0, forged);
      assertThatThrownBy(() -> verifier.verify(entry.leaf(), changed, proof, note))
          .hasMessageContaining("has no digest in the leaf");
    }
  }

  @Test
  void aFieldToldTwiceIsFound() {
    Disclosure first = disclosures().getFirst();
    assertThatThrownBy(() -> verifier.verify(entry.leaf(), List.of(first, first), proof, note))
        .hasMessageContaining("has no digest in the leaf");
  }

  @Test
  void anotherLeafOrPlaceIsFound() {
    LoggedEntry other = log.entry(3);
    assertThatThrownBy(() -> verifier.verify(other.leaf(), List.of(), proof, note))
        .hasMessageContaining("not proven");
    assertThatThrownBy(() ->
            verifier.verify(entry.leaf(), List.of(), new InclusionProof(3, 5, proof.path()), note))
        .hasMessageContaining("not proven");
  }

  @Test
  void aNoteOfAnotherKeyOrSizeIsFound() {
    VerifierKey foreign = VerifierKey.ed25519("log.example", new byte[32]);
    assertThatThrownBy(
            () -> new EntryVerifier(foreign).verify(entry.leaf(), List.of(), proof, note))
        .hasMessageContaining("not signed by");
    EvidenceLogTest.appendMany(log, 1);
    String later = log.checkpoint().note().encoded();
    assertThatThrownBy(() -> verifier.verify(entry.leaf(), List.of(), proof, later))
        .hasMessageContaining("not proven");
  }

  private List<Disclosure> disclosures() {
    return entry.disclosures().orElseThrow();
  }
}
