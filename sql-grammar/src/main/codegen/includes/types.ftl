/**
 * Typename of gram.y: a type with its modifiers and array bounds.
 *
 * @param literal before a string: char and bit without a length have none, rather than 1
 */
SqlNode PgType(boolean literal) :
{
    TypeName type;
    List<Integer> bounds = new ArrayList<Integer>();
}
{
    type = PgSimpleType(literal)
    ( LOOKAHEAD({ !literal && at("[") }) <LBRACKET>
        (
            LOOKAHEAD({ at("]") }) <RBRACKET> { bounds.add(-1); }
        |
            LOOKAHEAD({ true })
            <PG_NUMBER> { bounds.add(Trees.integer(token)); } <RBRACKET>
        )
    )*
    [ LOOKAHEAD({ !literal && bounds.isEmpty() && at("array") }) <ARRAY>
        (
            LOOKAHEAD({ at("[") }) <LBRACKET> <PG_NUMBER> { bounds.add(Trees.integer(token)); } <RBRACKET>
        |
            { bounds.add(-1); }
        )
    ]
    { return type.array(bounds); }
}

TypeName PgSimpleType(boolean literal) :
{
    SqlParserPos position = here();
    List<String> names;
    SqlNodeList modifiers = null;
    String fields = "";
}
{
    (
        LOOKAHEAD({ at("interval") })
        <INTERVAL>
        ( LOOKAHEAD({ at("(") }) modifiers = PgPrecision() | { fields = literal ? "" : PgIntervalFields(); } )

        { return new TypeName(position, Trees.system("interval"), modifiers, fields, new ArrayList<Integer>()); }
    |
        LOOKAHEAD({ TypeWords.isType(getToken(1)) || (at("double") && at2("precision")) })
        names = PgStandardTypeWords()
        [ LOOKAHEAD({ at("(") && TypeWords.takesExpressions(names) }) modifiers = PgModifiers() ]
        [ LOOKAHEAD({ at("(") && TypeWords.takesNumber(names) }) modifiers = PgPrecision() ]
        { fields = PgTimeZone(names); }
        { return TypeWords.standard(names, modifiers, fields, position, literal); }
    |
        LOOKAHEAD({ true })
        names = PgGenericTypeName()
        [ LOOKAHEAD({ !literal && at("(") }) modifiers = PgModifiers() ]
        { return new TypeName(position, names, modifiers, "", new ArrayList<Integer>()); }
    )
}

List<String> PgGenericTypeName() :
{
    String name;
    List<String> names = new ArrayList<String>();
}
{
    name = PgFunctionOrTypeName() { names.add(name); }
    ( LOOKAHEAD({ at(".") }) <DOT> name = PgLabel() { names.add(name); } )*
    { return names; }
}

/** The words of a standard type up to its parentheses. */
JAVACODE List<String> PgStandardTypeWords() {
    List<String> words = new ArrayList<String>();
    words.add(Words.text(getNextToken()));
    while (TypeWords.continues(words, getToken(1))) {
        words.add(Words.text(getNextToken()));
    }
    if (words.size() == 1 && words.get(0).equals("national")) {
        throw Words.syntaxError(getToken(1));
    }
    return words;
}

/** A whole number in parentheses. */
SqlNodeList PgPrecision() :
{
    SqlParserPos position = here();
    SqlNode number;
}
{
    <LPAREN> <PG_NUMBER> { Trees.integer(token); number = Trees.number(token); } <RPAREN>
    { return new SqlNodeList(Collections.singletonList(number), position); }
}

SqlNodeList PgModifiers() :
{
    SqlNodeList list;
    SqlParserPos position = here();
}
{
    <LPAREN> list = PgExpressionList() <RPAREN>
    { return list; }
}

/** `[WITH | WITHOUT] TIME ZONE` as text, or nothing. */
JAVACODE String PgTimeZone(List<String> words) {
    boolean temporal = words.get(0).equals("timestamp") || words.get(0).equals("time");
    if (temporal && (at("with") || at("without")) && at2("time")) {
        String word = Words.text(getNextToken());
        jj_consume_token(TIME);
        jj_consume_token(ZONE);
        return word;
    }
    return "";
}

/** `day to second(3)` and its like, as text; nothing if no unit follows. */
JAVACODE String PgIntervalFields() {
    StringBuilder fields = new StringBuilder();
    if (!TypeWords.isIntervalField(getToken(1))) {
        return "";
    }
    fields.append(Words.text(getNextToken()));
    if (at("to") && !fields.toString().equals("month") && !fields.toString().equals("second")) {
        getNextToken();
        Token t = getNextToken();
        if (!TypeWords.isIntervalRange(fields.toString(), t)) {
            throw Words.syntaxError(t);
        }
        fields.append(" to ").append(Words.text(t));
    }
    if (fields.toString().endsWith("second") && at("(")) {
        getNextToken();
        Token t = jj_consume_token(PG_NUMBER);
        jj_consume_token(RPAREN);
        fields.append("(").append(Trees.integer(t)).append(")");
    }
    return fields.toString();
}
