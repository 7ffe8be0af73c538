// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/endpointlistdialog.h"

#include "api/environmentimport.h"
#include "store/endpointexport.h"
#include "widgets/banner.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

using namespace diptych;

/// What is imported is chosen here; what is read and written is tested with the layers that do it.
class TestEndpointListDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void anEmptyEnvironmentSaysWhatIsLookedFor();
    void unusableVariablesAreSaid();
    void keysAreNeverShown();
    void onlyWhatIsChosenIsAdded();
    void endpointsThatExistAreNotChosen();
    void damagedEntriesAreNamed();
    void aCommandFromAFileNeedsConsent();
    void exportSaysWhatIsLeftOut();

private:
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QTreeWidgetItem *row(int index) const { return child<QTreeWidget>("listView")->topLevelItem(index); }
    [[nodiscard]] QString allTexts() const;
    void showEnvironment(const QStringList &variables, const std::vector<Endpoint> &known = {}) const;
    void press() const { QTest::mouseClick(child<QPushButton>("acceptButton"), Qt::LeftButton); }

    std::unique_ptr<EndpointListDialog> m_dialog;
    std::vector<Endpoint> m_accepted;
};

void TestEndpointListDialog::init()
{
    m_accepted.clear();
    m_dialog = std::make_unique<EndpointListDialog>(std::vector<ProviderDescriptor>());
    connect(m_dialog.get(), &EndpointListDialog::endpointsAccepted, this,
        [this](const std::vector<Endpoint> &endpoints) { m_accepted = endpoints; });
    m_dialog->show();
}

QString TestEndpointListDialog::allTexts() const
{
    QStringList texts {m_dialog->windowTitle()};
    for (const QLabel *label : m_dialog->findChildren<QLabel *>())
        texts += {label->text(), label->toolTip()};
    const auto *view = child<QTreeWidget>("listView");
    for (int index = 0; index < view->topLevelItemCount(); ++index) {
        for (int column = 0; column < view->columnCount(); ++column)
            texts += {row(index)->text(column), row(index)->toolTip(column)};
    }
    return texts.join(u'\n');
}

void TestEndpointListDialog::showEnvironment(const QStringList &variables, const std::vector<Endpoint> &known) const
{
    QProcessEnvironment environment;
    for (const QString &variable : variables)
        environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    m_dialog->showEnvironment(importEnvironment(environment, {}), known, QStringLiteral("Keys are in a drawer."));
}

void TestEndpointListDialog::anEmptyEnvironmentSaysWhatIsLookedFor()
{
    showEnvironment({});
    QVERIFY(!child<QTreeWidget>("listView")->isVisible());
    QVERIFY(child<QLabel>("introLabel")->text().contains(u"OPENAI_API_KEY"));
    QVERIFY(!child<QPushButton>("acceptButton")->isEnabled());
}

void TestEndpointListDialog::unusableVariablesAreSaid()
{
    showEnvironment({QStringLiteral("AZURE_INFERENCE_ENDPOINT=no address s3cret"),
        QStringLiteral("AZURE_INFERENCE_CREDENTIAL=s3cret")});
    QVERIFY(child<Banner>("banner")->isVisible());
    QVERIFY(child<Banner>("banner")->text().contains(u"AZURE_INFERENCE_ENDPOINT"));
    QVERIFY(!allTexts().contains(u"s3cret"));
    QVERIFY(!child<QPushButton>("acceptButton")->isEnabled());
}

void TestEndpointListDialog::keysAreNeverShown()
{
    showEnvironment({QStringLiteral("AZURE_INFERENCE_ENDPOINT=https://my.services.ai.azure.com/models"),
        QStringLiteral("AZURE_INFERENCE_CREDENTIAL=s3cret")});
    QCOMPARE(child<QTreeWidget>("listView")->topLevelItemCount(), 1);
    QVERIFY(row(0)->text(2).contains(u"my.services.ai.azure.com"));
    QVERIFY(row(0)->text(3).contains(u"AZURE_INFERENCE_CREDENTIAL"));
    QVERIFY(child<QLabel>("notesLabel")->text().contains(u"kept with your keys"));
    QVERIFY(allTexts().contains(u"in a drawer"));
    m_dialog->setKeyPlace(QStringLiteral("Keys are in memory."));
    QCOMPARE(child<QLabel>("footLabel")->text(), QStringLiteral("Keys are in memory."));
    QVERIFY(!allTexts().contains(u"s3cret"));
    press();
    QCOMPARE(m_accepted.size(), std::size_t(1));
    QCOMPARE(m_accepted[0].credential.reveal(), QByteArray("s3cret"));
    QVERIFY(!m_accepted[0].id.isEmpty());
    QVERIFY(!m_dialog->isVisible());
}

void TestEndpointListDialog::onlyWhatIsChosenIsAdded()
{
    showEnvironment({QStringLiteral("AZURE_INFERENCE_ENDPOINT=https://my.services.ai.azure.com/models"),
        QStringLiteral("AZURE_INFERENCE_CREDENTIAL=s3cret"), QStringLiteral("OPENAI_API_KEY=sk-1")});
    QCOMPARE(child<QTreeWidget>("listView")->topLevelItemCount(), 2);
    row(0)->setCheckState(0, Qt::Unchecked);
    row(1)->setCheckState(0, Qt::Unchecked);
    QVERIFY(!child<QPushButton>("acceptButton")->isEnabled());
    row(1)->setCheckState(0, Qt::Checked);
    const QString name = row(1)->text(0);
    press();
    QCOMPARE(m_accepted.size(), std::size_t(1));
    QCOMPARE(m_accepted[0].name, name);
}

void TestEndpointListDialog::endpointsThatExistAreNotChosen()
{
    const QStringList variables {QStringLiteral("OPENAI_API_KEY=sk-1")};
    showEnvironment(variables);
    const std::vector<Endpoint> known = m_dialog->chosen();
    QCOMPARE(known.size(), std::size_t(1));
    showEnvironment(variables, known);
    QCOMPARE(row(0)->checkState(0), Qt::Unchecked);
    QVERIFY(child<QLabel>("notesLabel")->text().contains(u"exists already"));
}

void TestEndpointListDialog::damagedEntriesAreNamed()
{
    const EndpointImport nothing {.problems = {QStringLiteral("Entry 1 has no address."), QStringLiteral("Entry 2 …")}};
    m_dialog->showFile(nothing, {}, QStringLiteral("friends.json"));
    QVERIFY(child<QLabel>("introLabel")->text().contains(u"friends.json"));
    QCOMPARE(child<Banner>("banner")->text(), QStringLiteral("Entry 1 has no address.\nEntry 2 …"));
    QVERIFY(!child<QPushButton>("acceptButton")->isEnabled());
}

void TestEndpointListDialog::aCommandFromAFileNeedsConsent()
{
    Endpoint endpoint {.id = QStringLiteral("new"), .name = QStringLiteral("Theirs")};
    endpoint.baseUrl = QUrl(QStringLiteral("https://llm.example.com/v1"));
    const EndpointImport read {
        .endpoints = {{.endpoint = endpoint, .withheldTokenCommand = QStringLiteral("rm -rf ."), .notes = {}}}};
    m_dialog->showFile(read, {}, QStringLiteral("friends.json"));
    QCOMPARE(row(0)->childCount(), 1);
    QVERIFY(row(0)->child(0)->text(0).contains(u"rm -rf ."));
    QCOMPARE(row(0)->child(0)->checkState(0), Qt::Unchecked);
    QCOMPARE(m_dialog->chosen().at(0), endpoint);
    row(0)->child(0)->setCheckState(0, Qt::Checked);
    press();
    QCOMPARE(m_accepted.at(0).tokenCommand, QStringLiteral("rm -rf ."));
    QCOMPARE(m_accepted.at(0).id, QStringLiteral("new"));
}

void TestEndpointListDialog::exportSaysWhatIsLeftOut()
{
    m_dialog->showExport({});
    QVERIFY(!child<QPushButton>("acceptButton")->isEnabled());
    Endpoint endpoint {.id = QStringLiteral("a"), .name = QStringLiteral("Mine"), .credential = Secret("s3cret")};
    endpoint.baseUrl = QUrl(QStringLiteral("https://me:s3cret@llm.example.com/v1?key=s3cret"));
    m_dialog->showExport({endpoint});
    QVERIFY(child<QLabel>("footLabel")->text().contains(u"are not written"));
    QVERIFY(!allTexts().contains(u"s3cret"));
    press();
    QCOMPARE(m_accepted.size(), std::size_t(1));
    QVERIFY(!exportEndpoints(m_accepted).contains("s3cret"));
}

QTEST_MAIN(TestEndpointListDialog)
#include "tst_endpointlistdialog.moc"
