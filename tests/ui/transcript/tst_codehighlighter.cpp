// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/codehighlighter.h"

#include <QTest>

using namespace diptych;

class TestCodeHighlighter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknownLanguagesAreHarmless_data();
    void unknownLanguagesAreHarmless();
    void knowsWhatModelsWrite_data();
    void knowsWhatModelsWrite();
    void carriesStateOverLines();
    void positionsCountUtf16();
    void longLinesAreLeftAlone();

private:
    CodeHighlighter m_highlighter;
};

namespace {

QString marked(const QString &line, const CodeHighlighter::Line &result, CodeHighlighter::Token token)
{
    QStringList words;
    for (const CodeHighlighter::Span &span : result.spans) {
        if (span.token == token)
            words += line.mid(span.start, span.length);
    }
    return words.join(u' ');
}

} // namespace

void TestCodeHighlighter::unknownLanguagesAreHarmless_data()
{
    QTest::addColumn<QString>("language");
    for (const char *name :
        {"", "brainfuck", "../../etc/passwd", "a b c", "\xc3\xa4", "lang.map", "....", "esc256.outlang"})
        QTest::newRow(name) << QString::fromUtf8(name);
    QTest::newRow("very long") << QString(100'000, u'x');
}

void TestCodeHighlighter::unknownLanguagesAreHarmless()
{
    QFETCH(QString, language);
    QVERIFY(!m_highlighter.knows(language));
    QVERIFY(m_highlighter.highlight(language, QStringLiteral("int a;"), nullptr).spans.empty());
}

void TestCodeHighlighter::knowsWhatModelsWrite_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("keywords");
    const auto row = [](const char *language, const char *line, const char *keywords) {
        QTest::newRow(language) << QString::fromLatin1(language) << QString::fromLatin1(line)
                                << QString::fromLatin1(keywords);
    };
    row("python", "for x in y: return 'for'", "for in return");
    row("C++", "while (true) return;", "while true return");
    row("ts", "const a = await b;", "const await");
    row("js", "let a = 1 // let", "let");
    row("kotlin", "fun main() { val a = 1 }", "fun val");
    row("swift", "guard let a = b else { return }", "guard let else return");
    row("yaml", "on: true # true", "true");
    row("toml", "a = true", "true");
    row("rust", "fn main() { let x = 1; }", "fn let");
    row("go", "func main() { return }", "func return");
    row("json", "true", "true");
    row("bash", "if true; then echo; fi", "if then fi");
}

void TestCodeHighlighter::knowsWhatModelsWrite()
{
    QFETCH(QString, language);
    QFETCH(QString, line);
    QFETCH(QString, keywords);
    QVERIFY(m_highlighter.knows(language));
    const QString found =
        marked(line, m_highlighter.highlight(language, line, nullptr), CodeHighlighter::Token::Keyword);
    for (const QString &keyword : keywords.split(u' '))
        QVERIFY2(found.split(u' ').contains(keyword), qPrintable(found));
    QCOMPARE(found.split(u' ').count(keywords.section(u' ', -1)), 1);
}

void TestCodeHighlighter::carriesStateOverLines()
{
    const auto first = m_highlighter.highlight(QStringLiteral("cpp"), QStringLiteral("int a; /* begin"), nullptr);
    const QString line = QStringLiteral("return; */ return;");
    const auto second = m_highlighter.highlight(QStringLiteral("cpp"), line, first.carry);
    QCOMPARE(marked(line, second, CodeHighlighter::Token::Keyword), QStringLiteral("return"));
    const auto alone = m_highlighter.highlight(QStringLiteral("cpp"), line, nullptr);
    QCOMPARE(marked(line, alone, CodeHighlighter::Token::Keyword), QStringLiteral("return return"));
}

void TestCodeHighlighter::positionsCountUtf16()
{
    const QString line = QString::fromUtf8("x = \"\xf0\x9f\x98\x80\xc3\xa4\"; return");
    const auto result = m_highlighter.highlight(QStringLiteral("cpp"), line, nullptr);
    QCOMPARE(marked(line, result, CodeHighlighter::Token::Keyword), QStringLiteral("return"));
}

void TestCodeHighlighter::longLinesAreLeftAlone()
{
    const QString line = QStringLiteral("return ").repeated(10'000);
    QVERIFY(m_highlighter.highlight(QStringLiteral("cpp"), line, nullptr).spans.empty());
}

QTEST_MAIN(TestCodeHighlighter)
#include "tst_codehighlighter.moc"
