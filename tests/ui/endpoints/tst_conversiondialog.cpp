// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/conversiondialog.h"

#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;

class TestConversionDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nothingHappensOnCancel();
    void theDifferenceAndTheLossesAreShown();
    void theResultIsNewUnlessItReplaces_data();
    void theResultIsNewUnlessItReplaces();

private:
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    Endpoint m_before;
    std::unique_ptr<ConversionDialog> m_dialog;
};

void TestConversionDialog::init()
{
    m_before = {.id = QStringLiteral("old"),
        .name = QStringLiteral("Foundry"),
        .kind = Endpoint::Kind::AzureFoundry,
        .baseUrl = QUrl(QStringLiteral("https://my.services.ai.azure.com/models")),
        .auth = Endpoint::Auth::Both,
        .credential = Secret("s3cret"),
        .apiVersion = QStringLiteral("2024-05-01-preview")};
    const Result<V1Conversion> converted = convertToV1(m_before);
    QVERIFY(converted);
    m_dialog = std::make_unique<ConversionDialog>(m_before, *converted);
    m_dialog->show();
}

void TestConversionDialog::nothingHappensOnCancel()
{
    QSignalSpy accepted(m_dialog.get(), &ConversionDialog::endpointAccepted);
    QTest::mouseClick(child<QPushButton>("cancelButton"), Qt::LeftButton);
    QCOMPARE(accepted.size(), 0);
    QVERIFY(!m_dialog->isVisible());
}

void TestConversionDialog::theDifferenceAndTheLossesAreShown()
{
    QCOMPARE(child<QLabel>("urlBefore")->text(), QStringLiteral("https://my.services.ai.azure.com/models"));
    QVERIFY(child<QLabel>("urlAfter")->text().endsWith(QStringLiteral("/openai/v1")));
    QCOMPARE(child<QLabel>("versionBefore")->text(), QStringLiteral("2024-05-01-preview"));
    QCOMPARE(child<QLabel>("versionAfter")->text(), QStringLiteral("none"));
    QVERIFY(child<QLabel>("kindBefore")->text() != child<QLabel>("kindAfter")->text());
    QVERIFY(child<QLabel>("lossesLabel")->text().contains(u'•'));
    for (const QLabel *label : m_dialog->findChildren<QLabel *>())
        QVERIFY(!label->text().contains(u"s3cret"));
}

void TestConversionDialog::theResultIsNewUnlessItReplaces_data()
{
    QTest::addColumn<bool>("replaces");
    QTest::newRow("new") << false;
    QTest::newRow("replaces") << true;
}

void TestConversionDialog::theResultIsNewUnlessItReplaces()
{
    QFETCH(bool, replaces);
    QSignalSpy accepted(m_dialog.get(), &ConversionDialog::endpointAccepted);
    QVERIFY(child<QRadioButton>("addButton")->isChecked());
    child<QRadioButton>("replaceButton")->setChecked(replaces);
    QTest::mouseClick(child<QPushButton>("acceptButton"), Qt::LeftButton);
    QCOMPARE(accepted.size(), 1);
    const auto endpoint = accepted.at(0).at(0).value<Endpoint>();
    QCOMPARE(endpoint.id == u"old", replaces);
    QVERIFY(!endpoint.id.isEmpty());
    QCOMPARE(endpoint.kind, Endpoint::Kind::AzureOpenAiV1);
    QCOMPARE(endpoint.credential.reveal(), QByteArray("s3cret"));
}

QTEST_MAIN(TestConversionDialog)
#include "tst_conversiondialog.moc"
