package dev.remit.catalog.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.catalog.model.ColumnType;
import dev.remit.catalog.model.Tag;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: columns of schemas never seen before get the tags a careful reader would give them, in
/// several languages, and a reason that repeats no value.
class ClassifierTest {
  private final Classifier classifier = new Classifier();

  @ParameterizedTest
  @CsvSource({
    "users, email, S, contact.email",
    "users, eMailAddress, S, contact.email",
    "T_KUNDE, E_MAIL_ADRESSE, S, contact.email",
    "kunden, kundentelefonnummer, S, contact.phone",
    "clients, numéro_téléphone, S, contact.phone",
    "clientes, teléfono_móvil, S, contact.phone",
    "abonnés, code_postal, S, contact.address",
    "kunden, straße, S, contact.address",
    "pedidos, dirección, S, contact.address",
    "customer, city, S, contact.address",
    "Person, FirstName, S, identity.name",
    "kunden, nachname, S, identity.name",
    "clients, prénom, S, identity.name",
    "clientes, apellidos, S, identity.name",
    "customers, name, S, identity.name",
    "payments, payer_name, S, identity.name",
    "patients, dob, D, demographic.birth-date",
    "personen, geburtsdatum, D, demographic.birth-date",
    "clients, date_naissance, D, demographic.birth-date",
    "clientes, fecha_de_nacimiento, D, demographic.birth-date",
    "staff, ssn, S, identity.national-id.us-ssn",
    "personas, dni, S, identity.national-id",
    "payment, IBAN, S, financial.iban",
    "payment, kreditkartennummer, S, financial.card",
    "employees, annual_salary, N, financial.income",
    "logins, ip_address, S, network.ip",
    "devices, deviceId, U, online.device",
    "users, password_hash, S, security.credential",
    "patients, diagnosis, S, special.health",
    "members, religion, E, special.religion",
    "tickets, bemerkungen, S, text.free",
    "cases, commentaires, S, text.free",
    "notes, body, S, text.free",
  })
  void aNameIsEnough(String table, String column, char category, String tag) {
    assertThat(classified(table, column, type(category), "")).extracting(Tag::name).contains(tag);
  }

  @ParameterizedTest
  @CsvSource({
    "products, name, S",
    "brands, name, S",
    "stores, city, S",
    "users, email_verified, B",
    "users, email_confirmed_at, D",
    "users, phone_type, S",
    "users, address_id, N",
    "orders, total, N",
    "orders, status, E",
    "mails, email_template, S",
    "customers, id, N",
    "orders, ordered_at, D",
    "products, description, S",
    "customers, tier, E",
    "files, message_count, N",
  })
  void whatIsNoPersonalDataIsLeftAlone(String table, String column, char category) {
    assertThat(classified(table, column, type(category), "")).isEmpty();
  }

  @Test
  void valuesSpeakWhereTheNameDoesNot() {
    assertThat(top("c17", "a@example.com", "b@example.org", "c@example.net"))
        .isEqualTo("contact.email");
    assertThat(top("c17", "DE89370400440532013000", "GB82WEST12345698765432"))
        .isEqualTo("financial.iban");
    assertThat(top("c17", "4111111111111111", "378282246310005", "5555555555554444"))
        .isEqualTo("financial.card");
    assertThat(top("c17", "+49 30 23125850", "+33 1 99 00 12 34", "(212) 555-0142"))
        .isEqualTo("contact.phone");
    assertThat(top("c17", "192.0.2.1", "2001:db8::1", "10.0.0.7")).isEqualTo("network.ip");
    assertThat(top("c17", "536-90-4399", "529-11-0831", "219-09-9998"))
        .isEqualTo("identity.national-id.us-ssn");
  }

  @Test
  void nameAndValuesTogetherLeaveLessDoubtThanEach() {
    List<String> mails = List.of("a@example.com", "b@example.com", "c@example.com");
    double both = classified("t", "email", type('S'), "", mails).getFirst().confidence();
    double name = classified("t", "email", type('S'), "").getFirst().confidence();
    double value = classified("t", "c17", type('S'), "", mails).getFirst().confidence();
    assertThat(both).isGreaterThan(name).isGreaterThan(value);
  }

  @Test
  void valuesThatContradictTheNameWeakenItButDoNotHideIt() {
    List<String> others = List.of("red", "green", "blue", "white", "black", "grey");
    Tag tag = classified("t", "email", type('S'), "", others).getFirst();
    assertThat(tag.confidence()).isBetween(Classifier.LEAST_CONFIDENCE, 0.5);
    assertThat(tag.reason()).contains("none of 6 sampled values");
  }

  @Test
  void aColumnOfNumbersIsNoPhoneNumberUntilItIsCalledSo() {
    List<String> numbers = IntStream.range(0, 20).mapToObj(i -> "55512" + (30 + i)).toList();
    assertThat(classified("t", "c17", type('N'), "", numbers)).isEmpty();
    assertThat(classified("t", "tel", type('N'), "", numbers).getFirst().confidence())
        .isGreaterThan(0.9);
  }

  @Test
  void runningTextIsTaggedWhateverItIsCalled() {
    assertThat(top("c17", "She called twice this week.", "He will come back on Monday, I think."))
        .isEqualTo("text.free");
    assertThat(top("c17", "ok", "ring her: +49 30 23125850", "done", "new")).isEqualTo("text.free");
    assertThat(
            classified(
                "t",
                "settings",
                new ColumnType(3802, "pg_catalog", "jsonb", -1, "jsonb", 'U'),
                "",
                List.of("{\"reply_to\": \"a@example.com\"}", "{\"reply_to\": \"b@example.com\"}")))
        .extracting(Tag::name)
        .containsExactly("text.free");
  }

  @Test
  void aCommentSpeaksWhereTheNameDoesNot() {
    Tag tag = classified("t", "c17", type('S'), "Geburtsort laut Ausweis").getFirst();
    assertThat(tag.name()).isEqualTo("demographic.birth-place");
    assertThat(tag.reason()).startsWith("the comment says");
    assertThat(tag.declared()).isFalse();
  }

  @Test
  void aCommentIsNotAskedWhereTheValuesSpeak() {
    List<String> mails = List.of("a@example.com", "b@example.com", "c@example.com");
    assertThat(classified("t", "c17", type('S'), "Address the mail went to", mails))
        .extracting(Tag::name)
        .containsExactly("contact.email");
  }

  @Test
  void elementsOfArraysAreLookedAtOneByOne() {
    ColumnType texts = new ColumnType(1009, "pg_catalog", "_text", -1, "text[]", 'A');
    List<String> values = List.of("{a@example.com,b@example.com}", "{\"c@example.com\"}");
    assertThat(classified("t", "c17", texts, "", values).getFirst().name())
        .isEqualTo("contact.email");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"secret@example.com", "4111111111111111", "She lives in 12 Secret Street"})
  void noReasonRepeatsAValue(String value) {
    for (Tag tag : classified("t", "note", type('S'), "", List.of(value, value, value))) {
      assertThat(tag.reason()).doesNotContainIgnoringCase("secret").doesNotContain("4111");
    }
  }

  private String top(String column, String... values) {
    return classified("t", column, type('S'), "", List.of(values)).getFirst().name();
  }

  private List<Tag> classified(String table, String column, ColumnType type, String comment) {
    return classified(table, column, type, comment, List.of());
  }

  private List<Tag> classified(
      String table, String column, ColumnType type, String comment, List<String> values) {
    return classifier.classify(new ColumnSample("public", table, column, type, comment, values));
  }

  private static ColumnType type(char category) {
    String name =
        switch (category) {
          case 'S' -> "text";
          case 'N' -> "int8";
          case 'D' -> "date";
          case 'B' -> "bool";
          case 'E' -> "mood";
          default -> "uuid";
        };
    return new ColumnType(0, "pg_catalog", name, -1, name, category);
  }
}
