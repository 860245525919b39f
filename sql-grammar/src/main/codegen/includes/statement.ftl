/* ---- statements ---- */

SqlNode PgStatementEof() :
{
    SqlNode node;
}
{
    node = PgStatement()
    ( LOOKAHEAD({ at(";") }) <SEMICOLON> )*
    <EOF>
    { return node; }
}

SqlNode PgStatement() :
{
    SqlNode node;
}
{
    LOOKAHEAD({ Words.startsQuery(getToken(1)) || at("(") })
    node = PgQuery()
    { return node; }
|
    LOOKAHEAD({ Commands.isTransaction(this) })
    node = PgTransaction()
    { return node; }
|
    LOOKAHEAD({ at("set") })
    node = PgSet()
    { return node; }
|
    LOOKAHEAD({ at("reset") || at("show") || at("discard") })
    node = PgResetOrShow()
    { return node; }
|
    LOOKAHEAD({ at("explain") })
    node = PgExplain()
    { return node; }
|
    LOOKAHEAD({ (at("prepare") && !at2("transaction")) || at("execute") })
    node = PgPrepareOrExecute()
    { return node; }
|
    LOOKAHEAD({ at("deallocate") || at("close") })
    node = PgForget()
    { return node; }
|
    LOOKAHEAD({ at("declare") })
    node = PgDeclare()
    { return node; }
|
    LOOKAHEAD({ at("fetch") || at("move") })
    node = PgFetchCursor()
    { return node; }
|
    LOOKAHEAD({ at("copy") })
    node = PgCopy()
    { return node; }
|
    LOOKAHEAD({ true })
    node = PgRefused()
    { return node; }
}

/** A command known by its first words; the rest is not read. */
JAVACODE SqlNode PgRefused() {
    SqlNode refused = Commands.refused(this);
    while (getToken(1).kind != EOF) {
        getNextToken();
    }
    return refused;
}

/* ---- transactions ---- */

SqlNode PgTransaction() :
{
    SqlParserPos position = here();
    Transaction.Action action;
    List<String> modes = new ArrayList<String>();
    String savepoint = "";
    boolean chain = false;
    Token first;
}
{
    first = PgTake() { action = Commands.action(first); }
    (
        LOOKAHEAD({ action == Transaction.Action.SAVEPOINT })
        savepoint = PgColumnName()
    |
        LOOKAHEAD({ action == Transaction.Action.RELEASE })
        [ LOOKAHEAD({ at("savepoint") && Words.isColumnName(getToken(2)) }) <SAVEPOINT> ]
        savepoint = PgColumnName()
    |
        LOOKAHEAD({ true })
        [ LOOKAHEAD({ at("work") || at("transaction") }) PgTake() ]
        (
            LOOKAHEAD({ action == Transaction.Action.ROLLBACK && at("to") })
            <TO> [ LOOKAHEAD({ at("savepoint") && Words.isColumnName(getToken(2)) }) <SAVEPOINT> ]
            savepoint = PgColumnName() { action = Transaction.Action.ROLLBACK_TO; }
        |
            LOOKAHEAD({ at("and") && action != Transaction.Action.BEGIN })
            <AND> { chain = true; } [ LOOKAHEAD({ at("no") }) <NO> { chain = false; } ] <CHAIN>
        |
            LOOKAHEAD({ action == Transaction.Action.BEGIN })
            [ LOOKAHEAD({ Commands.startsMode(getToken(1)) }) modes = PgModes() ]
        |
            { chain = false; }
        )
    )
    { return new Transaction(position, action, modes, savepoint, chain); }
}

/** Transaction modes, with or without commas, in lower case. */
JAVACODE List<String> PgModes() {
    List<String> modes = new ArrayList<String>();
    while (modes.isEmpty() || at(",") || Commands.startsMode(getToken(1))) {
        if (!modes.isEmpty() && at(",")) {
            getNextToken();
        }
        modes.add(Commands.mode(this));
    }
    return modes;
}

/* ---- settings ---- */

SqlNode PgSet() :
{
    SqlParserPos position = here();
    boolean local = false;
    boolean session = false;
    String name;
    List<String> values = new ArrayList<String>();
    List<String> modes;
    String value;
}
{
    <SET>
    [ LOOKAHEAD({ at("local") && !at2("to") && !at2(".") && !Words.isOperator(getToken(2), "=") }) <LOCAL> { local = true; } ]
    [ LOOKAHEAD({ !local && at("session") && !at2("authorization") && !at2("to") && !at2(".") && !Words.isOperator(getToken(2), "=") }) <SESSION> { session = true; } ]
    (
        LOOKAHEAD({ session && at("characteristics") })
        PgTake() <AS> <TRANSACTION> modes = PgModes()
        { return new Transaction(position, Transaction.Action.SET_SESSION, modes, "", false); }
    |
        LOOKAHEAD({ at("transaction") && Commands.startsMode(getToken(2)) })
        <TRANSACTION> modes = PgModes()
        { return new Transaction(position, Transaction.Action.SET, modes, "", false); }
    |
        LOOKAHEAD({ at("transaction") && at2("snapshot") })
        { refuse("SET TRANSACTION SNAPSHOT"); } <EOF>
        { return null; }
    |
        LOOKAHEAD({ Commands.isSpecialSetting(getToken(1), getToken(2)) })
        name = PgSpecialSetting()
        (
            LOOKAHEAD({ at("default") || (at("local") && name.equals("timezone")) || getToken(1).kind == EOF || at(";") })
            [ LOOKAHEAD({ at("default") || at("local") }) PgTake() ]
        |
            LOOKAHEAD({ at("interval") && name.equals("timezone") })
            PgTake()
            value = PgSettingValue() { values.add("INTERVAL '" + value + "'"); }
            [ LOOKAHEAD({ at("hour") }) PgTake() <TO> PgTake() ]
        |
            LOOKAHEAD({ true })
            value = PgSettingValue() { values.add(value); }
        )
    |
        LOOKAHEAD({ true })
        name = PgSettingName()
        { if (!at("to") && !atOperator("=")) { throw Words.syntaxError(getToken(1)); } } PgTake()
        (
            LOOKAHEAD({ at("default") })
            <DEFAULT_>
        |
            LOOKAHEAD({ true })
            value = PgSettingValue() { values.add(value); }
            ( LOOKAHEAD({ at(",") }) <COMMA> value = PgSettingValue() { values.add(value); } )*
        )
    )
    { return Commands.set(position, local, name, values); }
}

/** `TIME ZONE`, `NAMES`, `ROLE`, `SCHEMA`, `SESSION AUTHORIZATION`: the name of the setting behind. */
JAVACODE String PgSpecialSetting() {
    String word = Words.text(getNextToken());
    if (word.equals("time")) {
        jj_consume_token(ZONE);
        return "timezone";
    }
    if (word.equals("session")) {
        jj_consume_token(AUTHORIZATION);
        return "session_authorization";
    }
    if (word.equals("names")) {
        return "client_encoding";
    }
    return word.equals("schema") ? "search_path" : word;
}

JAVACODE String PgSettingName() {
    StringBuilder name = new StringBuilder(PgColumnName());
    while (at(".")) {
        getNextToken();
        name.append(".").append(PgColumnName());
    }
    return name.toString();
}

/** A word, a string or a number with its sign. */
JAVACODE String PgSettingValue() {
    return Commands.value(this);
}

SqlNode PgResetOrShow() :
{
    SqlParserPos position = here();
    Token verb;
    String name;
}
{
    verb = PgTake()
    (
        LOOKAHEAD({ at("all") })
        <ALL> { return Commands.everything(position, verb); }
    |
        LOOKAHEAD({ Words.is(verb, "discard") })
        name = PgColumnName()
        { return Commands.discard(position, name, token); }
    |
        LOOKAHEAD({ at("transaction") && at2("isolation") })
        <TRANSACTION> <ISOLATION> <LEVEL>
        { return Commands.named(position, verb, "transaction_isolation"); }
    |
        LOOKAHEAD({ (at("time") && at2("zone")) || (at("session") && at2("authorization")) })
        name = PgSpecialSetting()
        { return Commands.named(position, verb, name); }
    |
        LOOKAHEAD({ true })
        name = PgSettingName()
        { return Commands.named(position, verb, name); }
    )
}

/* ---- statements about statements ---- */

SqlNode PgExplain() :
{
    SqlParserPos position = here();
    List<Option> chosen = new ArrayList<Option>();
    SqlNode statement;
}
{
    <EXPLAIN>
    (
        LOOKAHEAD({ at("(") && !at2("(") && !Words.startsQuery(getToken(2)) })
        chosen = PgOptions()
    |
        LOOKAHEAD({ true })
        [ LOOKAHEAD({ at("analyze") || at("analyse") }) PgTake() { chosen.add(Commands.option("analyze")); } ]
        [ LOOKAHEAD({ at("verbose") }) <VERBOSE> { chosen.add(Commands.option("verbose")); } ]
        { enter(); }
    )
    statement = PgStatement()
    { return new Command.Explain(position, chosen, statement); }
}

/** `(name value, …)` of EXPLAIN and COPY. */
List<Option> PgOptions() :
{
    List<Option> chosen = new ArrayList<Option>();
    Option option;
}
{
    <LPAREN> option = PgOption() { chosen.add(option); }
    ( LOOKAHEAD({ at(",") }) <COMMA> option = PgOption() { chosen.add(option); } )*
    <RPAREN>
    { return chosen; }
}

Option PgOption() :
{
    String name;
    String value = "";
    List<String> values = new ArrayList<String>();
}
{
    name = PgLabel()
    (
        LOOKAHEAD({ at(",") || at(")") })
        { value = ""; }
    |
        LOOKAHEAD({ atOperator("*") })
        <PG_OPERATOR> { values.add("*"); }
    |
        LOOKAHEAD({ at("(") })
        <LPAREN> value = PgSettingValue() { values.add(value); }
        ( LOOKAHEAD({ at(",") }) <COMMA> value = PgSettingValue() { values.add(value); } )*
        <RPAREN> { value = ""; }
    |
        LOOKAHEAD({ true })
        value = PgSettingValue()
    )
    { return new Option(name, value, values); }
}

SqlNode PgPrepareOrExecute() :
{
    SqlParserPos position = here();
    String name;
    SqlNode node;
    SqlNodeList list = null;
}
{
    LOOKAHEAD({ at("prepare") })
    <PREPARE> name = PgColumnName()
    [ LOOKAHEAD({ at("(") }) <LPAREN> list = PgTypes() <RPAREN> ]
    <AS> { enter(); } node = PgStatement()
    { return new Command.Prepare(position, name, node, list); }
|
    LOOKAHEAD({ true })
    <EXECUTE> name = PgColumnName()
    [ LOOKAHEAD({ at("(") }) <LPAREN> list = PgExpressionList() <RPAREN> ]
    { return new Command.Execute(position, name, list); }
}

SqlNodeList PgTypes() :
{
    SqlParserPos position = here();
    List<SqlNode> types = new ArrayList<SqlNode>();
    SqlNode type;
}
{
    type = PgType(false) { types.add(type); }
    ( LOOKAHEAD({ at(",") }) <COMMA> type = PgType(false) { types.add(type); } )*
    { return new SqlNodeList(types, position); }
}

SqlNode PgForget() :
{
    SqlParserPos position = here();
    boolean cursor = at("close");
    String name = null;
}
{
    PgTake()
    [ LOOKAHEAD({ !cursor && at("prepare") && getToken(2).kind != EOF && !at2(";") }) <PREPARE> ]
    (
        LOOKAHEAD({ at("all") })
        <ALL>
    |
        LOOKAHEAD({ true })
        name = PgColumnName()
    )
    { return new Command.Forget(position, cursor, name); }
}

/* ---- cursors ---- */

SqlNode PgDeclare() :
{
    SqlParserPos position = here();
    String name;
    List<String> chosen = new ArrayList<String>();
    SqlNode query;
    Token word;
}
{
    <DECLARE> name = PgColumnName()
    ( LOOKAHEAD({ !at("cursor") }) (
        LOOKAHEAD({ at("binary") || at("insensitive") || at("asensitive") || at("scroll") })
        word = PgTake() { chosen.add(Words.text(word)); }
    |
        LOOKAHEAD({ true })
        <NO> <SCROLL> { chosen.add("no scroll"); }
    ) )*
    <CURSOR>
    [
        LOOKAHEAD({ at("with") || at("without") })
        word = PgTake() <HOLD> { chosen.add(Words.text(word) + " hold"); }
    ]
    <FOR> query = PgQuery()
    { return new Command.DeclareCursor(position, name, chosen, query); }
}

SqlNode PgFetchCursor() :
{
    SqlParserPos position = here();
    boolean move = at("move");
    Cursors cursor = new Cursors();
    String name;
}
{
    PgTake()
    { cursor.read(this); }
    [ LOOKAHEAD({ (at("from") || at("in")) && getToken(2).kind != EOF }) PgTake() ]
    name = PgColumnName()
    { return cursor.command(position, move, name); }
}

/* ---- COPY ---- */

SqlNode PgCopy() :
{
    SqlParserPos position = here();
    SqlNode query = null;
    SqlIdentifier table = null;
    List<String> columns = new ArrayList<String>();
    List<Option> chosen = new ArrayList<Option>();
    List<Option> more;
}
{
    <COPY>
    (
        LOOKAHEAD({ at("(") })
        { if (at2("insert") || at2("update") || at2("delete") || at2("merge")) { throw Words.writes(getToken(2)); } }
        query = PgQueryInParentheses()
    |
        LOOKAHEAD({ true })
        [ LOOKAHEAD({ at("binary") }) <BINARY> { chosen.add(new Option("format", "binary", new ArrayList<String>())); } ]
        table = PgQualifiedName()
        [ LOOKAHEAD({ at("(") }) columns = PgNameList() ]
    )
    (
        LOOKAHEAD({ at("to") && at2("stdout") })
        <TO> PgTake()
    |
        LOOKAHEAD({ true })
        { if (at("from") && query == null || at("to")) { boolean in = at("from"); while (getToken(1).kind != EOF) { getNextToken(); } return new Command.Refused(position, in ? "COPY FROM" : "COPY TO a file or program", in); } }
        <TO>
        { return null; }
    )
    [
        LOOKAHEAD({ (at("using") && at2("delimiters")) || at("delimiters") })
        [ LOOKAHEAD({ at("using") }) <USING> ] PgTake() { chosen.add(Commands.text("delimiter", this)); }
    ]
    [ LOOKAHEAD({ at("with") }) <WITH> ]
    (
        LOOKAHEAD({ at("(") })
        more = PgOptions() { chosen.addAll(more); }
    |
        { Commands.oldCopyOptions(this, chosen); }
    )
    { return new Command.Copy(position, query, table, columns, chosen); }
}
