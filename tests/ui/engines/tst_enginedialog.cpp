// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/enginedialog.h"

#include "engines/llamaserver.h"
#include "widgets/banner.h"
#include "widgets/elidedlabel.h"

#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace diptych;
using State = LlamaServer::State;

class TestEngineDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aMissingProgramIsSaid();
    void aBadModelIsSaidWithTheLog();
    void startAndStop();
    void theServerOutlivesTheDialog();
    void choicesAreTold();

private:
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    void run(const char *arguments) const;
    [[nodiscard]] QString stateText() const { return child<QLabel>("stateLabel")->text(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_model;
    std::unique_ptr<LlamaServer> m_server;
    std::unique_ptr<EngineDialog> m_dialog;
};

void TestEngineDialog::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_model = m_folder->filePath(QStringLiteral("tiny.gguf"));
    QFile file(m_model);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("GGUF");
    m_server = std::make_unique<LlamaServer>();
    m_server->setProgram(QStringLiteral(FAKE_LLAMA_SERVER));
    m_dialog = std::make_unique<EngineDialog>(*m_server);
    m_dialog->show();
}

void TestEngineDialog::cleanup()
{
    m_dialog.reset();
    m_server.reset();
}

void TestEngineDialog::run(const char *arguments) const
{
    child<QLineEdit>("modelEdit")->setText(m_model);
    child<QLineEdit>("argumentsEdit")->setText(QString::fromLatin1(arguments));
    QTest::mouseClick(child<QPushButton>("runButton"), Qt::LeftButton);
}

void TestEngineDialog::aMissingProgramIsSaid()
{
    m_server->setProgram(QStringLiteral("/no/such/program"));
    QVERIFY(child<Banner>("banner")->isVisible());
    QVERIFY(child<Banner>("banner")->title().contains(u"llama-server is not on"));
    child<QLineEdit>("modelEdit")->setText(m_model);
    QVERIFY(!child<QPushButton>("runButton")->isEnabled());
    m_server->setProgram(QStringLiteral(FAKE_LLAMA_SERVER));
    QVERIFY(!child<Banner>("banner")->isVisible());
    QCOMPARE(child<ElidedLabel>("programLabel")->text(), QStringLiteral(FAKE_LLAMA_SERVER));
    QVERIFY(child<QPushButton>("runButton")->isEnabled());
}

void TestEngineDialog::aBadModelIsSaidWithTheLog()
{
    run("--fake badmodel");
    QTRY_COMPARE(m_server->state(), State::Failed);
    QVERIFY(child<Banner>("banner")->isVisible());
    QVERIFY(child<Banner>("banner")->title().contains(u"exit code 1"));
    QVERIFY(child<Banner>("banner")->text().contains(u"unknown model architecture"));
    QVERIFY(child<QPlainTextEdit>("logView")->toPlainText().contains(u"unknown model architecture"));
    QVERIFY(child<QLineEdit>("modelEdit")->isEnabled());
    QVERIFY(child<QPushButton>("runButton")->isEnabled());
}

void TestEngineDialog::startAndStop()
{
    QVERIFY(!child<QPushButton>("runButton")->isEnabled()); // no model file yet
    child<QSpinBox>("contextBox")->setValue(2048);
    run("--alias \"my model\"");
    QCOMPARE(m_server->state(), State::Starting);
    QVERIFY(stateText().contains(u"Loading"));
    QVERIFY(!child<QLineEdit>("modelEdit")->isEnabled());
    QTRY_COMPARE(m_server->state(), State::Ready);
    QVERIFY2(stateText().contains(u"Ready at 127.0.0.1:"), qPrintable(stateText()));
    const QString log = child<QPlainTextEdit>("logView")->toPlainText();
    QVERIFY(log.contains(u"argument: my model\n"));
    QVERIFY(log.contains(u"argument: 2048\n"));
    QTest::mouseClick(child<QPushButton>("runButton"), Qt::LeftButton);
    QTRY_COMPARE(m_server->state(), State::Stopped);
    QCOMPARE(stateText(), QStringLiteral("Not running"));
    QVERIFY(!child<Banner>("banner")->isVisible());
}

void TestEngineDialog::theServerOutlivesTheDialog()
{
    run("--alias \"my model\"");
    QTRY_COMPARE(m_server->state(), State::Ready);
    m_dialog = std::make_unique<EngineDialog>(*m_server);
    QCOMPARE(m_server->state(), State::Ready);
    QCOMPARE(child<QLineEdit>("modelEdit")->text(), m_model);
    QCOMPARE(child<QLineEdit>("argumentsEdit")->text(), QStringLiteral("--alias \"my model\""));
    QVERIFY(child<QPlainTextEdit>("logView")->toPlainText().contains(u"server is listening"));
}

void TestEngineDialog::choicesAreTold()
{
    const QSignalSpy programs(m_dialog.get(), &EngineDialog::programChosen);
    const QSignalSpy folders(m_dialog.get(), &EngineDialog::modelFolderChosen);
    const auto choose = [this](const char *button, const QString &file) {
        child<QToolButton>(button)->click();
        auto *files = m_dialog->findChild<QFileDialog *>();
        QVERIFY(files);
        Q_EMIT files->fileSelected(file);
        delete files;
    };
    choose("programButton", m_model); // can not be run: nothing to remember
    QCOMPARE(programs.count(), 0);
    choose("programButton", QStringLiteral(FAKE_LLAMA_SERVER));
    QCOMPARE(programs.count(), 1);
    QCOMPARE(programs.at(0).at(0).toString(), QStringLiteral(FAKE_LLAMA_SERVER));
    choose("modelButton", m_model);
    QCOMPARE(folders.count(), 1);
    QCOMPARE(folders.at(0).at(0).toString(), m_folder->path());
    QCOMPARE(child<QLineEdit>("modelEdit")->text(), m_model);
}

QTEST_MAIN(TestEngineDialog)
#include "tst_enginedialog.moc"
