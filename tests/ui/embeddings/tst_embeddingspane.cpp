// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/heatmapchart.h"
#include "charts/scatterchart.h"
#include "embeddings/embeddingspane.h"
#include "embeddings/spaceview.h"
#include "scriptedprovider.h"
#include "widgets/banner.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>

using namespace diptych;

class TestEmbeddingsPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void withoutItemsItSaysWhatToDo();
    void withoutAModelNothingCanBeEmbedded();
    void sampleIsEmbeddedByOneButton();
    void unsetOptionsAreNotSent();
    void oneModelShowsMapMatrixAndNeighbours();
    void selectingAnywhereSelectsEverywhere();
    void twoModelsAreCompared();
    void errorKeepsWhatIsShownAndResumes();
    void stopDropsTheRequests();
    void removedEndpointEndsTheRun();
    void queryFindsItsNeighbours();
    void supersededQueryIsDropped();
    void changedItemsAreNoticed();
    void similaritiesAreExported();
    void manyItemsAreWorkedOutAside();

private:
    template <typename T>
    [[nodiscard]] T *child(const char *name) const
    {
        return m_pane->findChild<T *>(QLatin1String(name));
    }
    [[nodiscard]] SpaceView *view() const { return child<SpaceView>("firstView"); }
    void embedAndWait();
    void failReply(std::size_t index, const Error &error) const;
    [[nodiscard]] QString neighbour(const char *list, int row) const;

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<EmbeddingsPane> m_pane;
};

static const ModelRef firstModel {QStringLiteral("e"), QStringLiteral("m1")};
static const ModelRef secondModel {QStringLiteral("e"), QStringLiteral("m2")};

void TestEmbeddingsPane::init()
{
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
    for (const ModelRef &ref : {firstModel, secondModel})
        m_connections->addModel(ref.endpointId, {.id = ref.model, .type = ModelType::TextEmbeddings});
    m_pane = std::make_unique<EmbeddingsPane>(*m_connections);
    m_pane->resize(1024, 640);
    m_pane->show();
}

void TestEmbeddingsPane::cleanup()
{
    m_pane.reset();
    m_connections.reset();
}

void TestEmbeddingsPane::embedAndWait()
{
    m_pane->setItemsText(QStringLiteral("# g\naaaa\naaab\n\n# h\nxyz\nxyy\nkkkk\naaac"));
    m_pane->embed();
    QTRY_VERIFY(child<QWidget>("resultPage")->isVisible());
    QTRY_COMPARE(child<QPushButton>("embedButton")->text(), QStringLiteral("Embed"));
}

void TestEmbeddingsPane::failReply(std::size_t index, const Error &error) const
{
    static_cast<ScriptedValueReply<EmbeddingResponse> *>(m_provider->embeddings.at(index).data())->failWith(error);
}

QString TestEmbeddingsPane::neighbour(const char *list, int row) const
{
    return child<QListView>(list)->model()->index(row, 0).data().toString();
}

void TestEmbeddingsPane::withoutItemsItSaysWhatToDo()
{
    QVERIFY(child<QWidget>("emptyPage")->isVisible());
    m_pane->embed();
    QVERIFY(m_pane->findChild<Banner *>()->isVisible());
    QCOMPARE(m_provider->embeddingRequests.size(), 0U);
}

void TestEmbeddingsPane::withoutAModelNothingCanBeEmbedded()
{
    m_connections->remove(QStringLiteral("e"));
    QVERIFY(!child<QPushButton>("embedButton")->isEnabled());
    m_pane->setItemsText(QStringLiteral("a"));
    m_pane->embed();
    QVERIFY(m_pane->findChild<Banner *>()->isVisible());
}

void TestEmbeddingsPane::sampleIsEmbeddedByOneButton()
{
    QTest::mouseClick(child<QPushButton>("trySampleButton"), Qt::LeftButton);
    QTRY_VERIFY(child<QWidget>("resultPage")->isVisible());
    QCOMPARE(view()->map()->count(), 24);
}

void TestEmbeddingsPane::unsetOptionsAreNotSent()
{
    embedAndWait();
    QCOMPARE(m_provider->embeddingRequests.size(), 1U);
    QVERIFY(!m_provider->embeddingRequests[0].dimensions);
    QVERIFY(!m_provider->embeddingRequests[0].encodingFormat);
    QVERIFY(!m_provider->embeddingRequests[0].inputType);
    child<QSpinBox>("dimensionsSpin")->setValue(64);
    child<QComboBox>("formatCombo")->setCurrentText(QStringLiteral("base64"));
    child<QComboBox>("inputTypeCombo")->setCurrentText(QStringLiteral("document"));
    m_pane->embed();
    QTRY_COMPARE(m_provider->embeddingRequests.size(), 2U);
    QCOMPARE(m_provider->embeddingRequests[1].dimensions, std::optional<int>(64));
    QCOMPARE(m_provider->embeddingRequests[1].encodingFormat, std::optional(EncodingFormat::Base64));
    QCOMPARE(m_provider->embeddingRequests[1].inputType, std::optional(EmbeddingInputType::Document));
}

void TestEmbeddingsPane::oneModelShowsMapMatrixAndNeighbours()
{
    QSignalSpy started(m_pane.get(), &EmbeddingsPane::replyStarted);
    embedAndWait();
    QCOMPARE(started.size(), 1);
    QCOMPARE(started.first()[2].toJsonObject()[u"input"].toArray().size(), 6);
    QVERIFY(child<QWidget>("firstView")->isVisible() && !child<QWidget>("secondView")->isVisible());
    QCOMPARE(view()->map()->count(), 6);
    QTest::mouseClick(child<QToolButton>("matrixButton"), Qt::LeftButton);
    QVERIFY(view()->matrix()->isVisible());
    QCOMPARE(view()->matrix()->size(), 6);
    m_pane->select(0);
    QCOMPARE(neighbour("firstList", 0), QStringLiteral("aaab"));
    QVERIFY(!child<QListView>("secondList")->isVisible());
}

void TestEmbeddingsPane::selectingAnywhereSelectsEverywhere()
{
    embedAndWait();
    auto *map = view()->map();
    auto *edit = child<QPlainTextEdit>("itemsEdit");
    map->setFocus();
    QTest::keyClick(map, Qt::Key_Right);
    QVERIFY(m_pane->selectedItem() >= 0);
    QCOMPARE(m_pane->selectedItem(), map->selected());

    QTextCursor cursor(edit->document()->findBlockByNumber(5)); // "xyz" without its heading's line is item 2
    edit->setTextCursor(cursor);
    QCOMPARE(m_pane->selectedItem(), 2);
    QCOMPARE(map->selected(), 2);
    QVERIFY(view()->matrix()->selectedRow() >= 0);

    auto *list = child<QListView>("firstList");
    const QString first = neighbour("firstList", 0);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(0, 0)).center());
    QCOMPARE(edit->textCursor().block().text(), first);
}

void TestEmbeddingsPane::twoModelsAreCompared()
{
    QVERIFY(m_pane->chooseModel(1, secondModel));
    embedAndWait();
    QCOMPARE(m_provider->embeddingRequests.size(), 2U);
    QVERIFY(child<QWidget>("secondView")->isVisible());
    m_pane->select(0);
    QCOMPARE(neighbour("firstList", 0), neighbour("secondList", 0));
    QVERIFY(child<QLabel>("overlapLabel")->text().contains(QStringLiteral("100 %")));
}

void TestEmbeddingsPane::errorKeepsWhatIsShownAndResumes()
{
    embedAndWait();
    m_provider->autoEmbed = false;
    m_pane->embed();
    QTRY_COMPARE(m_provider->embeddings.size(), 1U);
    failReply(0, {.kind = Error::Kind::RateLimited, .httpStatus = 429, .message = QStringLiteral("Slow down")});
    auto *banner = m_pane->findChild<Banner *>();
    QVERIFY(banner->isVisible());
    QVERIFY(banner->text().contains(QStringLiteral("Slow down")));
    QVERIFY(child<QWidget>("resultPage")->isVisible());
    m_provider->autoEmbed = true;
    Q_EMIT banner->actionTriggered(QStringLiteral("retry"));
    QVERIFY(!banner->isVisible());
    QTRY_COMPARE(child<QPushButton>("embedButton")->text(), QStringLiteral("Embed"));
    QCOMPARE(m_provider->embeddingRequests.size(), 3U);
}

void TestEmbeddingsPane::stopDropsTheRequests()
{
    m_provider->autoEmbed = false;
    m_pane->setItemsText(QStringLiteral("a\nb"));
    m_pane->embed();
    QTRY_COMPARE(m_provider->embeddings.size(), 1U);
    QTest::mouseClick(child<QPushButton>("embedButton"), Qt::LeftButton);
    QVERIFY(m_provider->embeddings[0].isNull());
    QCOMPARE(child<QPushButton>("embedButton")->text(), QStringLiteral("Embed"));
    QVERIFY(child<QWidget>("emptyPage")->isVisible());
}

void TestEmbeddingsPane::removedEndpointEndsTheRun()
{
    m_provider->autoEmbed = false;
    m_pane->setItemsText(QStringLiteral("a\nb"));
    m_pane->embed();
    QTRY_COMPARE(m_provider->embeddings.size(), 1U);
    const QPointer<QObject> reply = m_provider->embeddings[0];
    m_connections->remove(QStringLiteral("e"));
    QVERIFY(reply.isNull());
    QVERIFY(!child<QPushButton>("embedButton")->isEnabled());
}

void TestEmbeddingsPane::queryFindsItsNeighbours()
{
    embedAndWait();
    m_pane->select(1);
    QTest::keyClicks(child<QLineEdit>("queryEdit"), QStringLiteral("kkk"));
    QTRY_COMPARE(neighbour("firstList", 0), QStringLiteral("kkkk"));
    QCOMPARE(m_pane->selectedItem(), -1);
    QCOMPARE(m_provider->embeddingRequests.back().input, QStringList(QStringLiteral("kkk")));
    child<QLineEdit>("queryEdit")->clear();
    QCOMPARE(child<QListView>("firstList")->model()->rowCount(), 0);
}

void TestEmbeddingsPane::supersededQueryIsDropped()
{
    embedAndWait();
    m_provider->autoEmbed = false;
    child<QLineEdit>("queryEdit")->setText(QStringLiteral("first"));
    QTRY_COMPARE(m_provider->embeddings.size(), 1U);
    child<QLineEdit>("queryEdit")->setText(QStringLiteral("second"));
    QVERIFY(m_provider->embeddings[0].isNull());
    QTRY_COMPARE(m_provider->embeddings.size(), 2U);
    failReply(1, {.kind = Error::Kind::Network, .message = QStringLiteral("gone")});
    QVERIFY(m_pane->findChild<Banner *>()->isVisible());
}

void TestEmbeddingsPane::changedItemsAreNoticed()
{
    embedAndWait();
    auto *status = child<QLabel>("statusLabel");
    QVERIFY(!status->isVisible());
    child<QPlainTextEdit>("itemsEdit")->appendPlainText(QStringLiteral("new"));
    QVERIFY(status->isVisible());
}

void TestEmbeddingsPane::similaritiesAreExported()
{
    QVERIFY(m_pane->similarities().isEmpty());
    embedAndWait();
    const QStringList lines = m_pane->similarities().split(QStringLiteral("\r\n"));
    QCOMPARE(lines.size(), 8); // head, six items, end
    QVERIFY(lines[1].startsWith(QStringLiteral("\"aaaa\",1,")));
}

void TestEmbeddingsPane::manyItemsAreWorkedOutAside()
{
    QStringList items;
    for (int i = 0; i < 2'100; ++i)
        items.append(QStringLiteral("item %1").arg(i * 7919 % 99991));
    m_pane->setItemsText(items.join(QLatin1Char('\n')));
    m_pane->embed();
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>("resultPage")->isVisible(), 60'000);
    QCOMPARE(view()->map()->count(), 2'100);
    QTest::mouseClick(child<QToolButton>("matrixButton"), Qt::LeftButton);
    QVERIFY(view()->findChild<QWidget *>(QStringLiteral("noMatrixPage"))->isVisible());
}

QTEST_MAIN(TestEmbeddingsPane)
#include "tst_embeddingspane.moc"
