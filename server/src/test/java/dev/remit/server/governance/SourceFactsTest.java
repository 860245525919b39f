package dev.remit.server.governance;

import static dev.remit.server.governance.GovernedNode.AUTHOR;
import static dev.remit.server.governance.GovernedNode.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.crypto.EmbeddedKeyRing;
import dev.remit.platform.testing.TestPostgres;
import dev.remit.proxy.source.SourceFacts;
import dev.remit.proxy.source.WatchedSources;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goal: what a source says of itself is read by a checked role only, and a source that does not
/// answer has said nothing, until it is asked again.
class SourceFactsTest {
  @TempDir private Path folder;

  @Test
  void aRoleThatIsNoLongerSafeIsNotAskedForFactsAndTheOldOnesAreGone() {
    TestPostgres.Address shop = TestPostgres.createDatabase();
    String role = "reader_" + shop.database();
    shop.execute(
        """
        create table people (id int primary key, nick text);
        create role %1$s login password 'reads only';
        grant select on people to %1$s\
        """
            .formatted(role));
    try (EmbeddedKeyRing keys = EmbeddedKeyRing.open(folder, new SecureRandom());
        GovernedNode node =
            new GovernedNode(TestPostgres.createDatabase().open(), keys, Duration.ofMinutes(1))) {
      String url =
          "postgresql://%s@%s:%d/%s".formatted(role, shop.host(), shop.port(), shop.database());
      node.catalog.addSource(SOURCE, url, "reads only", AUTHOR);
      node.catalog.scan(SOURCE, AUTHOR);
      WatchedSources sources = new WatchedSources(node.catalog);
      sources.look();
      assertThat(sources.facts(SOURCE)).isNotEqualTo(SourceFacts.NONE);
      assertThat(sources.isIncomplete()).isFalse();

      shop.execute("alter role " + role + " superuser");
      node.apply("tables: {public.people: {owner: crm-team}}");
      long version = sources.version();
      sources.look();
      assertThat(sources.facts(SOURCE)).isEqualTo(SourceFacts.NONE);
      assertThat(sources.version()).isGreaterThan(version);
      assertThat(sources.isIncomplete()).isTrue();

      shop.execute("alter role " + role + " nosuperuser");
      sources.look();
      assertThat(sources.facts(SOURCE)).isNotEqualTo(SourceFacts.NONE);
      assertThat(sources.isIncomplete()).isFalse();
    }
  }
}
