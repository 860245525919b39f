package dev.remit.catalog.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a column's name says, and its comment, which is asked only where all else is silent.
final class NameEvidence {
  private static final double SURE = 0.85;
  private static final double COMPOUND = 0.75;
  private static final double WEAK = 0.6;
  private static final double COMMENT = 0.55;
  private static final int LONGEST_ENTRY_WORDS = 5;
  private static final int COMMENT_WORDS = 12;

  /// Words for people: beside them, a mere `name` is a person's.
  private static final Set<String> PEOPLE =
      Set.of(
          "person",
          "persons",
          "people",
          "customer",
          "customers",
          "client",
          "clients",
          "user",
          "users",
          "contact",
          "contacts",
          "employee",
          "employees",
          "patient",
          "patients",
          "member",
          "members",
          "subscriber",
          "subscribers",
          "lead",
          "leads",
          "guest",
          "guests",
          "student",
          "students",
          "teacher",
          "teachers",
          "author",
          "authors",
          "owner",
          "holder",
          "payer",
          "recipient",
          "sender",
          "passenger",
          "passengers",
          "donor",
          "donors",
          "doctor",
          "driver",
          "drivers",
          "applicant",
          "applicants",
          "candidate",
          "candidates",
          "resident",
          "residents",
          "citizen",
          "voter",
          "voters",
          "agent",
          "agents",
          "staff",
          "actor",
          "actors",
          "worker",
          "individual",
          "individuals",
          "parent",
          "child",
          "visitor",
          "visitors",
          "player",
          "players",
          "buyer",
          "seller",
          "tenants",
          "kunde",
          "kunden",
          "benutzer",
          "mitarbeiter",
          "personen",
          "mitglied",
          "mitglieder",
          "patienten",
          "schuler",
          "utilisateur",
          "utilisateurs",
          "personne",
          "personnes",
          "salarie",
          "salaries",
          "abonne",
          "abonnes",
          "cliente",
          "clientes",
          "usuarios",
          "persona",
          "personas",
          "empleado",
          "empleados",
          "paciente",
          "pacientes",
          "alumno",
          "alumnos",
          "clienti",
          "utenti",
          "dipendenti");

  /// Words behind a match that make it something about the thing, not the thing.
  private static final Set<String> ABOUT =
      Set.of(
          "verified",
          "confirmed",
          "count",
          "status",
          "state",
          "flag",
          "enabled",
          "disabled",
          "template",
          "templates",
          "type",
          "kind",
          "id",
          "ids",
          "at",
          "sent",
          "opened",
          "clicked",
          "bounced",
          "valid",
          "validated",
          "validation",
          "format",
          "provider",
          "server",
          "queue",
          "policy",
          "consent",
          "opt",
          "allowed",
          "required",
          "public",
          "changed",
          "updated",
          "created",
          "expires",
          "expiry",
          "limit",
          "size",
          "length",
          "version",
          "rate",
          "currency",
          "typ",
          "anzahl",
          "verifie",
          "verificado");

  private final Taxonomy taxonomy;

  NameEvidence(Taxonomy taxonomy) {
    this.taxonomy = taxonomy;
  }

  List<Evidence> of(ColumnSample sample, char typeCategory) {
    List<String> words = Words.of(sample.column());
    boolean aboutPeople = Words.of(sample.table()).stream().anyMatch(PEOPLE::contains);
    List<Evidence> found = new ArrayList<>();
    for (Match match : matches(words)) {
      Taxonomy.Entry entry = match.entry();
      boolean personal =
          aboutPeople || words.subList(0, match.start()).stream().anyMatch(PEOPLE::contains);
      boolean about = words.subList(match.end(), words.size()).stream().anyMatch(ABOUT::contains);
      if (!about && (!entry.weak() || personal) && taxonomy.fits(entry.tag(), typeCategory)) {
        found.add(
            new Evidence(
                entry.tag(), match.confidence(), "the name says '" + entry.written() + "'"));
      }
    }
    return found;
  }

  /// Only the first thing a comment names, and only by a name that is clear by itself.
  List<Evidence> ofComment(String comment, char typeCategory) {
    List<String> words = Words.of(comment);
    return matches(words.subList(0, Math.min(words.size(), COMMENT_WORDS))).stream()
        .map(Match::entry)
        .filter(entry -> !entry.weak() && taxonomy.fits(entry.tag(), typeCategory))
        .limit(1)
        .map(entry ->
            new Evidence(entry.tag(), COMMENT, "the comment says '" + entry.written() + "'"))
        .toList();
  }

  /// An entry found in the words `[start, end)`.
  private record Match(Taxonomy.Entry entry, int start, int end, double confidence) {}

  /// From the left, the longest each time.
  private List<Match> matches(List<String> words) {
    List<Match> matches = new ArrayList<>();
    int start = 0;
    while (start < words.size()) {
      Optional<Match> match = longestAt(words, start);
      match.ifPresent(matches::add);
      start = match.map(Match::end).orElse(start + 1);
    }
    return matches;
  }

  private Optional<Match> longestAt(List<String> words, int start) {
    for (int end = Math.min(words.size(), start + LONGEST_ENTRY_WORDS); end > start; end--) {
      Optional<Taxonomy.Entry> entry = taxonomy.named(String.join("", words.subList(start, end)));
      if (entry.isPresent()) {
        double confidence = entry.get().weak() ? WEAK : SURE;
        return Optional.of(new Match(entry.get(), start, end, confidence));
      }
    }
    return taxonomy
        .partOf(words.get(start))
        .map(entry -> new Match(entry, start, start + 1, COMPOUND));
  }
}
