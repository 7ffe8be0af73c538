// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentdump.h"

#include "transcript/transcriptactions.h"
#include "transcript/transcriptview.h"
#include "transcript/transcriptwriters.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QMimeData>
#include <QTest>
#include <QTextBlock>

using namespace diptych;

class TestTranscriptCopy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void markdownGivesTheSameAgain_data();
    void markdownGivesTheSameAgain();
    void marksInTextStayText_data();
    void marksInTextStayText();
    void htmlHasStructureAndNothingElse_data();
    void htmlHasStructureAndNothingElse();
    void selectionHasThreeForms();
    void partOfACodeBlockIsPlain();
    void partOfAFormulaHasNoSource();
    void keysCopyWhatTheySay();
    void menuActsOnWhatItWasOpenedOver();
    void emptyTranscriptCopiesNothing();
    void conversationSaysWhoSaidWhat();

private:
    void show(const QString &markdown);
    void select(const QString &text);
    [[nodiscard]] QAction *action(const char *name) const
    {
        return m_view->findChild<QAction *>(QString::fromLatin1(name));
    }
    [[nodiscard]] static QString clipboard() { return QApplication::clipboard()->text(); }

    std::unique_ptr<RenderScheduler> m_scheduler;
    std::unique_ptr<TranscriptView> m_view;
};

void TestTranscriptCopy::init()
{
    m_scheduler = std::make_unique<RenderScheduler>();
    m_view = std::make_unique<TranscriptView>(*m_scheduler);
    m_view->resize(500, 400);
    m_view->show();
    QApplication::clipboard()->setText(QStringLiteral("before"));
}

void TestTranscriptCopy::cleanup()
{
    m_view.reset();
    m_scheduler.reset();
}

void TestTranscriptCopy::show(const QString &markdown)
{
    m_view->setHistory({{.speaker = TranscriptSpeaker::Assistant, .markdown = markdown}});
}

void TestTranscriptCopy::select(const QString &text)
{
    const QTextCursor found = m_view->document()->find(text);
    QVERIFY2(!found.isNull(), qPrintable(text));
    m_view->setTextCursor(found);
}

void TestTranscriptCopy::markdownGivesTheSameAgain_data()
{
    QTest::addColumn<QString>("markdown");
    const auto row = [](const char *name, const char *markdown) { QTest::newRow(name) << QString::fromUtf8(markdown); };
    row("paragraphs", "One line and *soft* **hard** ***both*** ~~gone~~ `co*de` words.\n\nAnother\\\nbroken.");
    row("headings", "# One `c`\n\n## Two\n\ntext");
    row("bullets", "Things:\n\n- one\n- two **b**\n  - nested\n    1. deep\n    2. deeper\n- three\n\nafter");
    row("numbers", "3. three\n4. four\n\n   second paragraph\n\n5. five");
    row("tasks", "- [ ] open\n- [x] done");
    row("code", "Text\n\n```python\ndef f(x):\n\n    return x  # *no*\n```\n\nafter");
    row("code in an item", "1. Run:\n\n   ```bash\n   ls\n\n   pwd\n   ```\n2. Done");
    row("fences in code", "````md\n```\nx\n```\n````");
    row("quote", "> quoted *text*\n>\n> > deeper\n\nplain");
    row("list in a quote", "> - a\n> - b");
    row("table", "| a | b |\n|---|---:|\n| 1 | `x` |\n| **y** | $z^2$ |\n\nafter");
    row("rule", "a\n\n***\n\nb");
    row("links", "[x *y*](https://e.org/a_b) and <https://e.org>");
    row("formulas", "where $x_1^2$ is\n\n$$\\frac{a}{b}$$\n\nand \\(y\\)");
    row("ticks in code", "`` a`b `` and `` `c` ``");
}

void TestTranscriptCopy::markdownGivesTheSameAgain()
{
    QFETCH(QString, markdown);
    show(markdown);
    const QString before = documentDump(*m_view->document());
    m_view->selectAll();
    const QString copied = copiedMarkdown(copyBlocks(m_view->textCursor()));
    show(copied);
    const QString after = documentDump(*m_view->document());
    QVERIFY2(before == after, qPrintable(QStringLiteral("%1\n---\n%2\n---\n%3").arg(copied, before, after)));
}

void TestTranscriptCopy::marksInTextStayText_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"*a* _b_ `c` ~~d~~", "# no heading", "- no item", "1. no item", "> no quote", "[no](link)",
             "a_b_c and __x__", "<b>html</b>", "&amp; AT&T", "a \\* b", "$x^2$ and $5", "| a | b |", "=== x", "+ plus",
             "snake_case x_ _y", "100) no item", "~~~"}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void TestTranscriptCopy::marksInTextStayText()
{
    QFETCH(QString, text);
    const CopyBlock block {.runs = {{.text = text}}};
    show(copiedMarkdown({block}));
    QCOMPARE(m_view->toPlainText(), text);
}

void TestTranscriptCopy::htmlHasStructureAndNothingElse_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("html");
    const auto row = [](const char *markdown, const char *html) {
        QTest::newRow(markdown) << QString::fromUtf8(markdown) << QString::fromUtf8(html);
    };
    row("a **b** *c* ~~d~~ `e`", "<p>a <b>b</b> <i>c</i> <s>d</s> <code>e</code></p>");
    row("## Two", "<h2>Two</h2>");
    row("- a\n  1. b\n- c", "<ul><li>a<ol start=\"1\"><li>b</li></ol></li><li>c</li></ul>");
    row("- a\n\ntext", "<ul><li>a</li></ul><p>text</p>");
    row("> q\n\np", "<blockquote><p>q</p></blockquote><p>p</p>");
    row("```c\na<b\n```", "<pre><code>a&lt;b</code></pre>");
    row("|a|b|\n|-|-|\n|1|2|",
        "<table border=\"1\" cellspacing=\"0\" "
        "cellpadding=\"4\"><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>");
    row("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>");
    row("[a](https://e.org/?a&b) [b](javascript:x)", "<p><a href=\"https://e.org/?a&amp;b\">a</a> b</p>");
    row("![i](http://127.0.0.1/x.png)", "<p><a href=\"http://127.0.0.1/x.png\">[image: i]</a></p>");
    row("$x^2$", "<p>x²</p>");
}

void TestTranscriptCopy::htmlHasStructureAndNothingElse()
{
    QFETCH(QString, markdown);
    QFETCH(QString, html);
    show(markdown);
    m_view->selectAll();
    QCOMPARE(copiedHtml(copyBlocks(m_view->textCursor())), html);
}

void TestTranscriptCopy::selectionHasThreeForms()
{
    show(QStringLiteral("# Head\n\nsome **hard** $x^2$ text"));
    m_view->selectAll();
    m_view->copy();
    const QMimeData *data = QApplication::clipboard()->mimeData();
    QCOMPARE(data->text(), QString::fromUtf8("Head\nsome hard x² text"));
    QVERIFY(data->html().contains(QStringLiteral("<h1>Head</h1>")));
    QVERIFY(!data->html().contains(QStringLiteral("color")));
    QCOMPARE(data->data(QStringLiteral("text/markdown")), QByteArray("# Head\n\nsome **hard** $x^2$ text"));
}

void TestTranscriptCopy::partOfACodeBlockIsPlain()
{
    show(QStringLiteral("```c\nint alpha;\nint beta;\n```"));
    select(QStringLiteral("alpha"));
    QTextCursor cursor = m_view->textCursor();
    cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    m_view->setTextCursor(cursor);
    action("copySelectionMarkdown")->trigger();
    QCOMPARE(clipboard(), QStringLiteral("alpha;\nint beta;"));
}

void TestTranscriptCopy::partOfAFormulaHasNoSource()
{
    show(QStringLiteral("so $\\alpha\\beta\\gamma$ it"));
    select(QString::fromUtf8("αβγ"));
    action("copySelectionMarkdown")->trigger();
    QCOMPARE(clipboard(), QStringLiteral("$\\alpha\\beta\\gamma$"));
    select(QString::fromUtf8("βγ it"));
    action("copySelectionMarkdown")->trigger();
    QCOMPARE(clipboard(), QString::fromUtf8("βγ it"));
}

void TestTranscriptCopy::keysCopyWhatTheySay()
{
    m_view->addUser(0, QStringLiteral("you"), QStringLiteral("Ask *it*"));
    m_view->beginAnswer(0, QStringLiteral("model"));
    m_view->appendText(QStringLiteral("An **answer**\n\n```c\nint a;\n```\n"));
    m_view->endAnswer({});
    m_view->flush();
    m_view->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(clipboard(), QStringLiteral("An **answer**\n\n```c\nint a;\n```\n"));
    QTest::keyClick(m_view.get(), Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(clipboard(), QStringLiteral("int a;"));
    select(QStringLiteral("answer"));
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(clipboard(), QStringLiteral("**answer**"));
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(clipboard(), QStringLiteral("answer"));
    QVERIFY(!QApplication::clipboard()->mimeData()->hasHtml());
    action("copyAnswerText")->trigger();
    QCOMPARE(clipboard(), QStringLiteral("An answer\nint a;"));
}

void TestTranscriptCopy::menuActsOnWhatItWasOpenedOver()
{
    m_view->setHistory({{.speaker = TranscriptSpeaker::Assistant, .markdown = QStringLiteral("The *first*")},
        {.speaker = TranscriptSpeaker::Assistant, .markdown = QStringLiteral("The *second*")}});
    auto menu = std::make_unique<QMenu>();
    auto *actions = m_view->findChild<TranscriptActions *>();
    actions->addTo(*menu, 2);
    QVERIFY(!menu->actions().contains(action("copyCode")));
    QVERIFY(!menu->actions().contains(action("copySelectionText")));
    action("copyAnswerMarkdown")->trigger();
    QCOMPARE(clipboard(), QStringLiteral("The *first*"));
    menu.reset();
    action("copyAnswerMarkdown")->trigger();
    QCOMPARE(clipboard(), QStringLiteral("The *second*"));
}

void TestTranscriptCopy::emptyTranscriptCopiesNothing()
{
    for (const QAction *each : m_view->actions()) {
        if (each->objectName().startsWith(QStringLiteral("copyConversation")))
            continue;
        const_cast<QAction *>(each)->trigger();
    }
    QCOMPARE(clipboard(), QStringLiteral("before"));
}

void TestTranscriptCopy::conversationSaysWhoSaidWhat()
{
    m_view->setHistory(
        {{.speaker = TranscriptSpeaker::User, .caption = QStringLiteral("you"), .markdown = QStringLiteral("Ask *it*")},
            {.speaker = TranscriptSpeaker::Assistant,
                .caption = QStringLiteral("guide"),
                .markdown = QStringLiteral("It is $x^2$.")},
            {.speaker = TranscriptSpeaker::Notice, .markdown = QStringLiteral("an error")}});
    action("copyConversationMarkdown")->trigger();
    QCOMPARE(clipboard(), QStringLiteral("## you\n\nAsk *it*\n\n## guide\n\nIt is $x^2$."));
    action("copyConversationText")->trigger();
    QCOMPARE(clipboard(), QString::fromUtf8("you:\nAsk *it*\n\nguide:\nIt is x²."));
}

QTEST_MAIN(TestTranscriptCopy)
#include "tst_transcriptcopy.moc"
