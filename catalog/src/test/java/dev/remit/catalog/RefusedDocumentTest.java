package dev.remit.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each mistake in a governance file is named with its path and what would be right. Nothing of
/// such a file is applied, and nothing is logged as done.
class RefusedDocumentTest {
  @TempDir static Path folder;
  private static CatalogFixture fixture;

  @BeforeAll
  static void open() {
    fixture =
        new CatalogFixture(
            folder,
            "create table public.people (brand text, id integer, email text, mailer text,"
                + " region text, created timestamptz, primary key (brand, id))");
    fixture.addAndScan();
    fixture.log.clear();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {sauce: shop}                                                  | unknown key 'sauce'; known here: source, taxonomy, purposes, tables
          {tables: {public.people: {}}}                                  | need 'source: NAME'
          {source: shpo, tables: {public.people: {}}}                    | there is no source shpo
          {source: Shop!}                                                | source: 'Shop!' is not the name of a source
          [a]                                                            | the document: expected a mapping
          {source: shop, tables: {public.peeple: {}}}                    | tables.public.peeple: source shop has no such table
          {source: shop, tables: {public.people: {ownr: x}}}             | tables.public.people: unknown key 'ownr'
          {source: shop, tables: {public.people: {owner: [x]}}}          | tables.public.people.owner: expected a text
          {source: shop, tables: {public.people: {subject-key: id}}}     | tables.public.people.subject-key: expected a list
          {source: shop, tables: {public.people: {subject-key: [idd]}}}  | public.people has no column idd; it has brand, id, email
          {source: shop, tables: {public.people: {columns: {Email: {}}}}} | has no column Email
          {source: shop, tables: {public.people: {columns: {email: {tags: [Contact Email]}}}}} | columns.email.tags[0]: 'Contact Email' is not a tag
          {source: shop, tables: {public.people: {columns: {email: {tags: [contact.emial]}}}}} | columns.email.tags: there is no tag 'contact.emial'; near it are contact.email, contact.phone;
          {source: shop, tables: {public.people: {columns: {email: {none: maybe}}}}} | columns.email.none: expected true or false
          {source: shop, tables: {public.people: {retention: {column: created, keep: P7Y}}}} | retention: 'zone' is missing
          {source: shop, tables: {public.people: {retention: {column: created, keep: 7y, zone: UTC}}}} | retention.keep: '7y' is not a positive period
          {source: shop, tables: {public.people: {retention: {column: created, keep: P-1D, zone: UTC}}}} | not a positive period
          {source: shop, tables: {public.people: {retention: {column: created, keep: P1D, zone: Mars/Base}}}} | 'Mars/Base' is not a time zone
          {source: shop, tables: {public.people: {retention: {column: email, keep: P1D, zone: UTC}}}} | column email is text; retention goes by a date or timestamp
          {source: shop, tables: {public.people: {residency: {column: regoin}}}} | has no column regoin
          {source: shop, tables: {public.people: {residency: {}}}}       | residency: 'column' is missing
          {purposes: {Analytics: {title: a, basis: consent}}}            | purposes.Analytics: a purpose is 1 to 63 characters
          {purposes: {analytics: {title: a, basis: because}}}            | purposes.analytics.basis: 'because' is not a legal basis; known: consent
          {purposes: {analytics: {basis: consent}}}                      | purposes.analytics: 'title' is missing
          {taxonomy: {contact: {description: x}}}                        | says nothing about 'personal: true'
          {taxonomy: {Contact: {personal: true}}}                        | taxonomy.Contact: a category is lower-case words
          """)
  void aMistakeRefusesTheWholeDocumentWithItsPath(String document, String message) {
    long before = fixture.catalog.snapshot().epoch();
    RemitException refusal =
        catchThrowableOfType(
            RemitException.class,
            () -> fixture.catalog.apply(CatalogFixture.yaml(document), CatalogFixture.AUTHOR));
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    assertThat(refusal).hasMessageContaining(message);
    fixture.lookAtTheStore();
    assertThat(fixture.catalog.snapshot().epoch()).isEqualTo(before);
    assertThat(fixture.log).isEmpty();
  }
}
