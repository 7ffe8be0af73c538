// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/modelsdialog.h"

#include "scriptedprovider.h"
#include "widgets/banner.h"

#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace diptych;

namespace {

class ScriptedPullReply : public PullReply
{
    Q_OBJECT
public:
    void progress(const PullProgress &value) { deliver(value); }
    void finishWith() { finish(); }
    void failWith(const Error &error) { fail(error); }
    [[nodiscard]] const Exchange &exchange() const override { return m_exchange; }
    [[nodiscard]] const std::vector<Exchange> &earlierAttempts() const override { return m_earlier; }
    void retryNow() override { }

protected:
    void abortExchange() override { }

private:
    Exchange m_exchange;
    std::vector<Exchange> m_earlier;
};

/// Keeps what it was asked; the test ends the replies.
class ManagedProvider : public ScriptedProvider, public ModelManager
{
public:
    using ScriptedProvider::ScriptedProvider;

    QStringList pulled;
    QStringList removed;
    QPointer<ScriptedPullReply> pullReply;
    QPointer<ScriptedValueReply<QString>> removeReply;
    std::vector<RunningModel> runningModels;

    [[nodiscard]] ModelManager *modelManager() override { return this; }
    [[nodiscard]] std::unique_ptr<PullReply> pull(const QString &model) override
    {
        pulled.append(model);
        auto reply = std::make_unique<ScriptedPullReply>();
        pullReply = reply.get();
        return reply;
    }
    [[nodiscard]] std::unique_ptr<RemoveReply> remove(const QString &model) override
    {
        removed.append(model);
        auto reply = std::make_unique<ScriptedValueReply<QString>>();
        removeReply = reply.get();
        return reply;
    }
    [[nodiscard]] std::unique_ptr<RunningModelsReply> running() override
    {
        auto reply = std::make_unique<ScriptedValueReply<std::vector<RunningModel>>>();
        auto *raw = reply.get();
        QTimer::singleShot(0, raw, [raw, models = runningModels] { raw->finishWith(models); });
        return reply;
    }
};

ModelDescription model(const char *id, qint64 size)
{
    ModelDescription description {.id = QString::fromLatin1(id)};
    description.facts.size = size;
    description.facts.parameterSize = QStringLiteral("3.2B");
    description.facts.quantization = QStringLiteral("Q4_K_M");
    return description;
}

} // namespace

class TestModelsDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aListThatFailsIsSaid();
    void anEmptyServerSaysWhatToDo();
    void modelsAreListedWithSizeAndState();
    void aPullThatFailsInTheMiddle();
    void aPullCanBeStopped();
    void aPullShowsHowFarItIs();
    void aClosedDialogEndsThePull();
    void aChangedEndpointEndsThePull();
    void aRemovedEndpointClosesTheDialog();
    void nothingIsDeletedWithoutBeingAsked();
    void aModelIsDeleted();
    void everyInputHasAnAccessibleName();

private:
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    [[nodiscard]] Banner *banner() const { return child<Banner>("banner"); }
    [[nodiscard]] QTreeWidget *view() const { return child<QTreeWidget>("modelsView"); }
    void open();
    void startPull();

    ManagedProvider *m_provider = nullptr; // of the connections
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<ModelsDialog> m_dialog;
};

void TestModelsDialog::init()
{
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ManagedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("o"), .name = QStringLiteral("My Ollama")});
    m_provider->models = {model("big", 40'000'000'000), model("llama3.2:latest", 2'000'000'000)};
    m_provider->runningModels = {
        {.model = QStringLiteral("big"), .size = 42'000'000'000, .videoMemory = 20'000'000'000}};
}

void TestModelsDialog::cleanup()
{
    m_dialog.reset();
    m_connections.reset();
}

void TestModelsDialog::open()
{
    m_dialog = std::make_unique<ModelsDialog>(*m_connections, QStringLiteral("o"));
    m_dialog->show();
    if (!m_provider->models.empty())
        QTRY_VERIFY(view()->topLevelItemCount() > 0);
}

void TestModelsDialog::startPull()
{
    child<QLineEdit>("pullEdit")->setText(QStringLiteral(" llama3.2 "));
    QTest::mouseClick(child<QPushButton>("pullButton"), Qt::LeftButton);
    QCOMPARE(m_provider->pulled, QStringList {QStringLiteral("llama3.2")});
    QVERIFY(child<QWidget>("pullPart")->isVisible());
    QVERIFY(!child<QPushButton>("pullButton")->isEnabled());
}

void TestModelsDialog::aListThatFailsIsSaid()
{
    m_provider->listError = Error {.kind = Error::Kind::Network, .message = QStringLiteral("Connection refused")};
    m_provider->models.clear();
    open();
    QTRY_VERIFY(banner()->isVisible());
    QVERIFY(banner()->text().contains(u"Connection refused"));
}

void TestModelsDialog::anEmptyServerSaysWhatToDo()
{
    m_provider->models.clear();
    open();
    QVERIFY(child<QLabel>("emptyLabel")->isVisible());
    QVERIFY(!view()->isVisible());
    QVERIFY(!child<QPushButton>("pullButton")->isEnabled());
    QVERIFY(!child<QToolButton>("removeButton")->isEnabled());
}

void TestModelsDialog::modelsAreListedWithSizeAndState()
{
    open();
    QCOMPARE(m_dialog->windowTitle(), QStringLiteral("Models of My Ollama"));
    QCOMPARE(view()->topLevelItemCount(), 2);
    QTreeWidgetItem *big = view()->topLevelItem(0);
    QCOMPARE(big->text(0), QStringLiteral("big"));
    QCOMPARE(big->text(1), QStringLiteral("40.0 GB"));
    QCOMPARE(big->text(2), QStringLiteral("3.2B"));
    QCOMPARE(big->text(3), QStringLiteral("Q4_K_M"));
    QTRY_COMPARE(view()->topLevelItem(0)->text(4), QStringLiteral("in memory, 42.0 GB, 20.0 GB of it on the GPU"));
    QCOMPARE(view()->topLevelItem(1)->text(4), QString());
    QCOMPARE(child<QLabel>("totalLabel")->text(), QStringLiteral("2 models, 42.0 GB"));
    view()->sortByColumn(1, Qt::AscendingOrder); // by number: as text 40 would come after 2.0 as well, but not before 4
    QCOMPARE(view()->topLevelItem(0)->text(0), QStringLiteral("llama3.2:latest"));
}

void TestModelsDialog::aPullThatFailsInTheMiddle()
{
    open();
    startPull();
    m_provider->pullReply->progress({.status = QStringLiteral("pulling abc"), .completed = 10, .total = 100});
    m_provider->pullReply->failWith({.kind = Error::Kind::Protocol, .message = QStringLiteral("the stream was cut")});
    QVERIFY(banner()->isVisible());
    QVERIFY(banner()->title().contains(u"llama3.2"));
    QVERIFY(banner()->text().contains(u"the stream was cut"));
    QVERIFY(!child<QWidget>("pullPart")->isVisible());
    // The name is still there: one click tries again.
    QTest::mouseClick(child<QPushButton>("pullButton"), Qt::LeftButton);
    QCOMPARE(m_provider->pulled.size(), 2);
    QVERIFY(!banner()->isVisible());
}

void TestModelsDialog::aPullCanBeStopped()
{
    open();
    startPull();
    QTest::mouseClick(child<QPushButton>("cancelPullButton"), Qt::LeftButton);
    QVERIFY(banner()->title().contains(u"stopped"));
    QVERIFY(!child<QWidget>("pullPart")->isVisible());
    QVERIFY(child<QLineEdit>("pullEdit")->isEnabled());
}

void TestModelsDialog::aPullShowsHowFarItIs()
{
    open();
    startPull();
    auto *bar = child<QProgressBar>("progressBar");
    m_provider->pullReply->progress({.status = QStringLiteral("pulling manifest")});
    QCOMPARE(bar->maximum(), 0);
    m_provider->pullReply->progress(
        {.status = QStringLiteral("pulling abc"), .completed = 1'500'000'000, .total = 2'000'000'000});
    QCOMPARE(bar->value(), 750);
    const QString text = child<QLabel>("progressLabel")->text();
    QVERIFY2(text.startsWith(QStringLiteral("pulling abc · 1.5 GB of 2.0 GB")), qPrintable(text));
    m_provider->models.push_back(model("new", 1));
    m_provider->pullReply->finishWith();
    QCOMPARE(banner()->title(), QStringLiteral("llama3.2 is here."));
    QTRY_COMPARE(view()->topLevelItemCount(), 3);
    QCOMPARE(view()->currentItem()->text(0), QStringLiteral("llama3.2:latest"));
    QCOMPARE(child<QLineEdit>("pullEdit")->text(), QString());
}

void TestModelsDialog::aClosedDialogEndsThePull()
{
    open();
    startPull();
    const QPointer<ScriptedPullReply> reply = m_provider->pullReply;
    m_dialog.reset();
    QVERIFY(!reply);
}

void TestModelsDialog::aChangedEndpointEndsThePull()
{
    open();
    startPull();
    m_connections->update({.id = QStringLiteral("o"), .name = QStringLiteral("Renamed")});
    QVERIFY(!child<QWidget>("pullPart")->isVisible());
    QVERIFY(banner()->title().contains(u"stopped"));
}

void TestModelsDialog::aRemovedEndpointClosesTheDialog()
{
    open();
    startPull();
    m_connections->remove(QStringLiteral("o"));
    QVERIFY(!m_dialog->isVisible());
}

void TestModelsDialog::nothingIsDeletedWithoutBeingAsked()
{
    open();
    QVERIFY(!child<QToolButton>("removeButton")->isEnabled());
    view()->setCurrentItem(view()->topLevelItem(0));
    QTest::mouseClick(child<QToolButton>("removeButton"), Qt::LeftButton);
    auto *question = child<QMessageBox>("removeQuestion");
    QVERIFY(question->text().contains(u"big"));
    QCOMPARE(question->defaultButton()->text(), QStringLiteral("Keep"));
    QTest::keyClick(question, Qt::Key_Escape);
    QTRY_VERIFY(!child<QMessageBox>("removeQuestion"));
    QVERIFY(m_provider->removed.isEmpty());
}

void TestModelsDialog::aModelIsDeleted()
{
    open();
    const auto removeFirst = [this] {
        view()->setCurrentItem(view()->topLevelItem(0));
        QTest::mouseClick(child<QToolButton>("removeButton"), Qt::LeftButton);
        QTest::mouseClick(child<QPushButton>("confirmRemoveButton"), Qt::LeftButton);
    };
    removeFirst();
    QCOMPARE(m_provider->removed, QStringList {QStringLiteral("big")});
    QVERIFY(!child<QToolButton>("removeButton")->isEnabled());
    m_provider->removeReply->failWith({.kind = Error::Kind::NotFound, .message = QStringLiteral("no such model")});
    QVERIFY(banner()->text().contains(u"no such model"));
    QTRY_VERIFY(!child<QMessageBox>("removeQuestion"));
    removeFirst();
    QVERIFY(!banner()->isVisible());
    m_provider->models.erase(m_provider->models.begin());
    m_provider->removeReply->finishWith(QStringLiteral("big"));
    QTRY_COMPARE(view()->topLevelItemCount(), 1);
}

void TestModelsDialog::everyInputHasAnAccessibleName()
{
    open();
    for (const char *name : {"pullEdit", "modelsView", "removeButton", "refreshButton", "progressBar"})
        QVERIFY2(!child<QWidget>(name)->accessibleName().isEmpty(), name);
}

QTEST_MAIN(TestModelsDialog)
#include "tst_modelsdialog.moc"
