// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/codehighlighter.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <srchilite/formattermanager.h>
#include <srchilite/formatterparams.h>
#include <srchilite/langdefmanager.h>
#include <srchilite/regexrulefactory.h>
#include <srchilite/settings.h>
#include <srchilite/sourcehighlighter.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

/// The resources of a static library are linked only when asked for; the macro works outside of namespaces only.
static void initLanguageFiles()
{
    Q_INIT_RESOURCE(langs);
}

namespace diptych {

namespace {

constexpr qsizetype longestLine = 1000; ///< characters; the regular expressions take too long on longer ones

using Spans = std::vector<CodeHighlighter::Span>;
using Token = CodeHighlighter::Token;

/// Names that people write on fences and the language file that serves them.
QString fileName(const QString &language)
{
    static const std::map<QString, QString> aliases {{QStringLiteral("c++"), QStringLiteral("cpp")},
        {QStringLiteral("cc"), QStringLiteral("cpp")}, {QStringLiteral("hpp"), QStringLiteral("cpp")},
        {QStringLiteral("h"), QStringLiteral("cpp")}, {QStringLiteral("objective-c"), QStringLiteral("c")},
        {QStringLiteral("cuda"), QStringLiteral("cpp")}, {QStringLiteral("c#"), QStringLiteral("csharp")},
        {QStringLiteral("cs"), QStringLiteral("csharp")}, {QStringLiteral("js"), QStringLiteral("typescript")},
        {QStringLiteral("jsx"), QStringLiteral("typescript")}, {QStringLiteral("mjs"), QStringLiteral("typescript")},
        {QStringLiteral("node"), QStringLiteral("typescript")}, {QStringLiteral("ts"), QStringLiteral("typescript")},
        {QStringLiteral("tsx"), QStringLiteral("typescript")}, {QStringLiteral("py"), QStringLiteral("python")},
        {QStringLiteral("python3"), QStringLiteral("python")}, {QStringLiteral("rb"), QStringLiteral("ruby")},
        {QStringLiteral("rs"), QStringLiteral("rust")}, {QStringLiteral("golang"), QStringLiteral("go")},
        {QStringLiteral("kt"), QStringLiteral("kotlin")}, {QStringLiteral("bash"), QStringLiteral("sh")},
        {QStringLiteral("shell"), QStringLiteral("sh")}, {QStringLiteral("console"), QStringLiteral("sh")},
        {QStringLiteral("zsh"), QStringLiteral("sh")}, {QStringLiteral("powershell"), QStringLiteral("sh")},
        {QStringLiteral("yml"), QStringLiteral("yaml")}, {QStringLiteral("ini"), QStringLiteral("toml")},
        {QStringLiteral("jsonc"), QStringLiteral("json")}, {QStringLiteral("json5"), QStringLiteral("json")},
        {QStringLiteral("jsonl"), QStringLiteral("json")}, {QStringLiteral("svg"), QStringLiteral("xml")},
        {QStringLiteral("htm"), QStringLiteral("html")}, {QStringLiteral("vue"), QStringLiteral("html")},
        {QStringLiteral("scss"), QStringLiteral("css")}, {QStringLiteral("tex"), QStringLiteral("latex")},
        {QStringLiteral("patch"), QStringLiteral("diff")}, {QStringLiteral("make"), QStringLiteral("makefile")},
        {QStringLiteral("hs"), QStringLiteral("haskell")}, {QStringLiteral("ocaml"), QStringLiteral("caml")},
        {QStringLiteral("pl"), QStringLiteral("perl")}, {QStringLiteral("postgresql"), QStringLiteral("sql")},
        {QStringLiteral("dart"), QStringLiteral("java")}, {QStringLiteral("javascript"), QStringLiteral("typescript")},
        {QStringLiteral("protobuf"), QStringLiteral("proto")}};
    const QString name = language.section(u' ', 0, 0).section(u'{', 0, 0).toLower();
    const auto alias = aliases.find(name);
    return alias == aliases.end() ? name : alias->second;
}

/// A fence says what it likes; only plain names become file names.
bool isPlainName(const QString &name)
{
    return !name.isEmpty() && name.size() < 32
        && std::all_of(name.begin(), name.end(), [](QChar c) { return c.unicode() < 128 && c.isLetterOrNumber(); });
}

/// The same length as the line, so that positions stay; what is not ASCII counts as a letter.
std::string asciiLine(const QString &line)
{
    std::string result(size_t(line.size()), 'x');
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line[i].unicode() < 128)
            result[size_t(i)] = char(line[i].unicode());
    }
    return result;
}

class SpanFormatter : public srchilite::Formatter
{
public:
    SpanFormatter(Spans &spans, std::optional<Token> token)
        : m_spans(spans)
        , m_token(token)
    {
    }
    void format(const std::string &text, const srchilite::FormatterParams *params) override
    {
        if (m_token && params && params->start >= 0 && !text.empty())
            m_spans.push_back({.start = params->start, .length = int(text.size()), .token = *m_token});
    }

private:
    Spans &m_spans;
    std::optional<Token> m_token;
};

constexpr std::array<std::pair<const char *, Token>, 26> elements {{{"keyword", Token::Keyword}, {"type", Token::Type},
    {"usertype", Token::Type}, {"classname", Token::Type}, {"string", Token::Text}, {"specialchar", Token::Text},
    {"regexp", Token::Text}, {"path", Token::Text}, {"comment", Token::Comment}, {"todo", Token::Comment},
    {"url", Token::Comment}, {"number", Token::Number}, {"function", Token::Function}, {"preproc", Token::Preprocessor},
    {"variable", Token::Type}, {"attribute", Token::Type}, {"property", Token::Type}, {"section", Token::Keyword},
    {"selector", Token::Keyword}, {"predef_func", Token::Function}, {"newfile", Token::Text},
    {"oldfile", Token::Number}, {"key", Token::Type}, {"keyquote", Token::Type}, {"valquote", Token::Text},
    {"difflines", Token::Keyword}}};

} // namespace

struct CodeHighlighter::Carry {
    srchilite::HighlightStatePtr state;
    srchilite::HighlightStateStack stack;
};

struct CodeHighlighter::Engine {
    Engine()
    {
        const auto none = boost::shared_ptr<srchilite::Formatter>(new SpanFormatter(spans, {}));
        formatters = std::make_unique<srchilite::FormatterManager>(none);
        for (const auto &[element, token] : elements)
            formatters->addFormatter(element, srchilite::FormatterPtr(new SpanFormatter(spans, token)));
    }

    [[nodiscard]] srchilite::HighlightStatePtr load(const QString &name);
    /// Directory with our own file of the language, empty if there is none.
    [[nodiscard]] QString ownDirectory(const QString &file);
    [[nodiscard]] srchilite::HighlightStatePtr main(const QString &language);

    Spans spans;
    srchilite::RegexRuleFactory rules;
    srchilite::LangDefManager definitions {&rules};
    std::unique_ptr<srchilite::FormatterManager> formatters;
    std::map<QString, srchilite::HighlightStatePtr> states; ///< null: tried and not there
    std::unique_ptr<QTemporaryDir> directory;
};

QString CodeHighlighter::Engine::ownDirectory(const QString &file)
{
    const QString resource = QStringLiteral(":/langs/%1").arg(file);
    if (!QFile::exists(resource))
        return {};
    // The library reads files only, so ours are put where it can find them.
    if (!directory)
        directory = std::make_unique<QTemporaryDir>();
    const QString path = directory->filePath(file);
    return QFile::exists(path) || QFile::copy(resource, path) ? directory->path() : QString();
}

srchilite::HighlightStatePtr CodeHighlighter::Engine::load(const QString &name)
{
    const QString file = QString(name + u".lang");
    QString path = ownDirectory(file);
    if (path.isEmpty())
        path = QString::fromStdString(srchilite::Settings::retrieveDataDir());
    if (!isPlainName(name) || !QFile::exists(QDir(path).filePath(file)))
        return {};
    return definitions.getHighlightState(path.toStdString(), file.toStdString());
}

srchilite::HighlightStatePtr CodeHighlighter::Engine::main(const QString &language)
{
    const QString name = fileName(language);
    const auto known = states.find(name);
    if (known != states.end())
        return known->second;
    srchilite::HighlightStatePtr state;
    try {
        state = load(name);
    } catch (...) {
        state.reset(); // the library throws types of its own for files that it can not read
    }
    states.emplace(name, state);
    return state;
}

CodeHighlighter::CodeHighlighter()
    : m_engine(std::make_unique<Engine>())
{
    initLanguageFiles();
}

CodeHighlighter::~CodeHighlighter() = default;

bool CodeHighlighter::knows(const QString &language)
{
    return m_engine->main(language) != nullptr;
}

CodeHighlighter::Line CodeHighlighter::highlight(
    const QString &language, const QString &line, const std::shared_ptr<const Carry> &before)
{
    const srchilite::HighlightStatePtr main = m_engine->main(language);
    if (!main || line.size() > longestLine)
        return {.carry = before};
    m_engine->spans.clear();
    srchilite::FormatterParams params;
    auto after = std::make_shared<Carry>();
    try {
        srchilite::SourceHighlighter highlighter(main);
        highlighter.setFormatterManager(m_engine->formatters.get());
        highlighter.setFormatterParams(&params);
        highlighter.setOptimize(false);
        if (before) {
            highlighter.setCurrentState(before->state);
            *highlighter.getStateStack() = before->stack;
        }
        highlighter.highlightParagraph(asciiLine(line));
        after->state = highlighter.getCurrentState();
        after->stack = *highlighter.getStateStack();
    } catch (...) {
        return {.carry = before}; // a regular expression gave up
    }
    return {.spans = std::move(m_engine->spans), .carry = std::move(after)};
}

} // namespace diptych
