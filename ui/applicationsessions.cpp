// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationsessions.h"

#include "chat/chatpane.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"
#include "models/sessionlistmodel.h"
#include "models/sessionrerun.h"
#include "sessions/comparisonwindow.h"
#include "sessions/noticebar.h"
#include "sessions/pdfwriter.h"
#include "sessions/replaywindow.h"
#include "sessions/sessionedits.h"
#include "sessions/sessionspane.h"
#include "store/sessionlibrary.h"
#include "store/sessionstore.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

#include <algorithm>

namespace diptych {

namespace {

SessionFormat formatOf(const QString &file)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix == u"md" || suffix == u"markdown")
        return SessionFormat::Markdown;
    if (suffix == u"html" || suffix == u"htm")
        return SessionFormat::Html;
    return suffix == u"pdf" ? SessionFormat::Pdf : SessionFormat::Json;
}

/// A title as the name of a file: without what file systems do not take.
QString fileNameOf(const QString &title)
{
    constexpr int longest = 60;
    QString name = title.simplified().left(longest).trimmed();
    for (QChar &character : name) {
        if (QStringLiteral("/\\:*?\"<>|").contains(character) || character.category() == QChar::Other_Control)
            character = u'-';
    }
    return name.isEmpty() || name.startsWith(u'.') ? QStringLiteral("session") : name;
}

bool contains(const Turn &turn, const QString &text)
{
    const auto has = [&text](const Message &message) { return message.text().contains(text, Qt::CaseInsensitive); };
    return has(turn.prompt) || std::any_of(turn.answers.begin(), turn.answers.end(), [&has](const Answer &answer) {
        return has(answer.message);
    });
}

/// What to look for inside: the words as they stand when the turn has them one after the other, else the longest.
QString textToFind(const Turn &turn, const QString &words)
{
    if (contains(turn, words))
        return words;
    const QStringList list = words.split(u' ');
    return *std::max_element(
        list.begin(), list.end(), [](const QString &left, const QString &right) { return left.size() < right.size(); });
}

} // namespace

ApplicationSessions::ApplicationSessions(const Services &services, QObject *parent)
    : QObject(parent)
    , m_store(services.store)
    , m_connections(services.connections)
    , m_conversation(services.conversation)
    , m_pane(services.pane)
    , m_chat(services.chat)
    , m_window(services.window)
{
    connect(&m_pane, &SessionsPane::newSessionRequested, this, &ApplicationSessions::newSessionRequested);
    connect(&m_pane, &SessionsPane::sessionActivated, this, &ApplicationSessions::openSession);
    connect(&m_pane, &SessionsPane::branchActivated, this, &ApplicationSessions::openBranch);
    connect(&m_pane, &SessionsPane::matchActivated, this, &ApplicationSessions::openMatch);
    connect(&m_pane, &SessionsPane::leaving, this, &ApplicationSessions::leave);
    connect(&m_pane, &SessionsPane::failed, this, &ApplicationSessions::report);
    connect(&m_pane, &SessionsPane::importRequested, this, &ApplicationSessions::askForImport);
    connect(&m_pane, &SessionsPane::exportRequested, this, &ApplicationSessions::askForExport);
    connect(&m_pane, &SessionsPane::replayRequested, this, &ApplicationSessions::replay);
    connect(&m_pane, &SessionsPane::compareRequested, this, &ApplicationSessions::compareBranches);
    connect(&m_pane, &SessionsPane::rerunRequested, this, &ApplicationSessions::askForRerun);
    connect(&m_conversation, &Conversation::sessionReplaced, this,
        [this] { m_pane.selectSession(m_conversation.session().id); });
    // A conversation that is open knows its own title, and would write that again.
    connect(&m_pane.edits(), &SessionEdits::renamed, this, [this](const QString &sessionId, const QString &title) {
        if (sessionId == m_conversation.session().id)
            m_conversation.setTitle(title);
    });
    if (!m_store)
        return;
    m_import = std::make_unique<SessionImport>(m_store->library());
    m_export = std::make_unique<SessionExport>(m_store->library(), &writePdf);
    connect(m_import.get(), &SessionImport::finished, this, &ApplicationSessions::showImported);
    connect(m_import.get(), &SessionImport::progressChanged, this,
        [this](int permille) { m_pane.notices().showProgress(tr("Importing…"), permille, tr("Cancel")); });
    connect(m_export.get(), &SessionExport::finished, this, &ApplicationSessions::showExported);
    connect(m_export.get(), &SessionExport::progressChanged, this,
        [this](int permille) { m_pane.notices().showProgress(tr("Exporting…"), permille, tr("Cancel")); });
    connect(&m_pane.notices(), &NoticeBar::buttonClicked, this, [this] {
        m_import->cancel();
        m_export->cancel();
        if (m_rerun)
            m_rerun->cancel();
    });
    QTimer::singleShot(0, this, &ApplicationSessions::cleanUpTrash);
}

ApplicationSessions::~ApplicationSessions() = default;

void ApplicationSessions::report(const Error &error)
{
    m_chat.showStorageError(error);
}

void ApplicationSessions::cleanUpTrash()
{
    const QDateTime before = QDateTime::currentDateTimeUtc().addDays(-SessionListModel::daysInTrash);
    if (const Result<int> removed = m_store->library().emptyTrash(before); !removed)
        report(removed.error());
}

void ApplicationSessions::openSession(const QString &sessionId)
{
    m_window.showPage(QStringLiteral("chat"));
    if (sessionId == m_conversation.session().id)
        return;
    if (const Result<void> opened = m_conversation.open(sessionId); !opened)
        report(opened.error());
}

void ApplicationSessions::openBranch(const QString &sessionId, qint64 firstTurn)
{
    openSession(sessionId);
    if (m_conversation.session().id == sessionId && shownIndex(m_conversation.session(), firstTurn) < 0)
        m_conversation.showBranch(firstTurn);
    m_chat.revealTurn(shownIndex(m_conversation.session(), firstTurn));
}

void ApplicationSessions::openMatch(const QString &sessionId, qint64 turnId, const QString &words)
{
    if (turnId == 0) {
        openSession(sessionId);
        return;
    }
    openBranch(sessionId, turnId);
    if (const Turn *turn = findTurn(m_conversation.session(), turnId))
        m_chat.findText(textToFind(*turn, words));
    m_chat.revealTurn(shownIndex(m_conversation.session(), turnId));
}

void ApplicationSessions::leave(const QStringList &sessionIds)
{
    if (sessionIds.contains(m_conversation.session().id))
        Q_EMIT newSessionRequested();
}

void ApplicationSessions::askForImport()
{
    auto *dialog = new QFileDialog(&m_window, tr("Import sessions"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Exports of ChatGPT, Open WebUI, LM Studio, Diptych (*.json *.zip)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, &ApplicationSessions::importFiles);
    dialog->open();
}

void ApplicationSessions::importFiles(const QStringList &files)
{
    if (!m_import || m_import->isRunning())
        return;
    m_pane.notices().showProgress(tr("Importing…"), -1, tr("Cancel"));
    m_import->start(files);
}

void ApplicationSessions::showImported(const ImportSummary &summary)
{
    QStringList parts {summary.sessionIds.size() == 1
            ? tr("1 session imported")
            : tr("%n sessions imported", nullptr, int(summary.sessionIds.size()))};
    if (summary.knownCount > 0)
        parts.append(tr("%n were there already", nullptr, summary.knownCount));
    if (summary.isCancelled)
        parts.append(tr("cancelled"));
    m_pane.notices().showNotice(parts.join(QStringLiteral(", ")));
    if (summary.problems.isEmpty())
        return;
    constexpr qsizetype mostShown = 5;
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Import sessions"),
        tr("%1. Some could not be read:").arg(parts.join(QStringLiteral(", "))) + QStringLiteral("\n\n")
            + summary.problems.mid(0, mostShown).join(QStringLiteral("\n\n")),
        QMessageBox::Ok, &m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    if (summary.problems.size() > mostShown)
        box->setDetailedText(summary.problems.join(u'\n'));
    box->open();
}

void ApplicationSessions::askForExport(const QStringList &sessionIds)
{
    if (!m_export)
        return;
    const auto known = m_store->library().summaries(sessionIds.mid(0, 1));
    const bool isOne = sessionIds.size() == 1 && known && !known->empty();
    auto *dialog = new QFileDialog(&m_window, tr("Export sessions"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QStringList filters {tr("Complete, can be imported again (*.json)"), tr("Markdown (*.md)"),
        tr("Web page (*.html)"), tr("PDF (*.pdf)")};
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(isOne ? fileNameOf(known->front().title) : tr("sessions"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, filters](const QString &filter) {
        const QStringList suffixes {
            QStringLiteral("json"), QStringLiteral("md"), QStringLiteral("html"), QStringLiteral("pdf")};
        dialog->setDefaultSuffix(suffixes.value(filters.indexOf(filter)));
    });
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, sessionIds](const QString &file) { exportTo(file, sessionIds); });
    dialog->open();
}

void ApplicationSessions::exportTo(const QString &file, const QStringList &sessionIds)
{
    if (!m_export || m_export->isRunning())
        return;
    m_store->flushJournal();
    m_pane.notices().showProgress(tr("Exporting…"), -1, tr("Cancel"));
    m_export->start({.sessionIds = sessionIds, .format = formatOf(file), .file = file});
}

void ApplicationSessions::showExported(const QString &file, int count, const std::optional<Error> &error)
{
    const QString name = QFileInfo(file).fileName();
    if (!error) {
        m_pane.notices().showNotice(
            count == 1 ? tr("Exported to %1").arg(name) : tr("%1 sessions exported to %2").arg(count).arg(name));
        return;
    }
    m_pane.notices().showNotice(error->kind == Error::Kind::Cancelled ? tr("Cancelled") : tr("Nothing was exported"));
    if (error->kind != Error::Kind::Cancelled)
        report(*error);
}

void ApplicationSessions::replay(const QString &sessionId)
{
    if (!m_store)
        return;
    const Result<SessionBundle> bundle = m_store->library().bundle(sessionId);
    if (!bundle) {
        report(bundle.error());
        return;
    }
    auto *window = new ReplayWindow(*bundle, &m_window);
    window->setAttribute(Qt::WA_DeleteOnClose);
    connect(window, &ReplayWindow::linkRequested, this, &ApplicationSessions::linkRequested);
    window->show();
    window->setPlaying(true);
}

void ApplicationSessions::compareBranches(const QString &sessionId, qint64 firstTurn, qint64 secondTurn)
{
    const auto session = m_store ? m_store->load(sessionId, -1) : Result<Session>(Session());
    if (!session) {
        report(session.error());
        return;
    }
    const std::vector<Turn> left = branchThrough(*session, firstTurn);
    const std::vector<Turn> right = branchThrough(*session, secondTurn);
    const auto nameOf = [&session](qint64 turnId) {
        constexpr int longest = 60;
        const Turn *turn = findTurn(*session, turnId);
        return turn ? turn->prompt.text().simplified().left(longest) : tr("The branch that is shown");
    };
    auto *window = new ComparisonWindow(compareTurns(left, right, session->panes),
        {.window = tr("Branches of %1").arg(session->title), .left = nameOf(firstTurn), .right = nameOf(secondTurn)},
        &m_window);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->show();
}

void ApplicationSessions::askForRerun(const QString &sessionId)
{
    const auto known = m_store ? m_store->load(sessionId, -1) : Result<Session>(Session());
    if (!known || known->turns.empty() || (m_rerun && m_rerun->isRunning()))
        return;
    QStringList models;
    for (const PaneState &pane : known->panes)
        models.append(m_connections.displayName(pane.model));
    auto *box = new QMessageBox(QMessageBox::Question, tr("Ask everything again"),
        tr("This asks %n turns again, in a copy of the session, and compares the answers. Asked are:", nullptr,
            int(known->turns.size()))
            + QStringLiteral("\n\n") + models.join(u'\n'),
        QMessageBox::Cancel, &m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    const QPushButton *yes = box->addButton(tr("Ask again"), QMessageBox::AcceptRole);
    connect(box, &QMessageBox::buttonClicked, this, [this, yes, sessionId](const QAbstractButton *button) {
        if (button == yes)
            rerun(sessionId);
    });
    box->open();
}

void ApplicationSessions::rerun(const QString &sessionId)
{
    const auto original = m_store ? m_store->load(sessionId, -1) : Result<Session>(Session());
    if (!original || (m_rerun && m_rerun->isRunning()))
        return;
    m_rerun = std::make_unique<SessionRerun>(m_connections, m_store, *original);
    connect(m_rerun.get(), &SessionRerun::progressChanged, this, &ApplicationSessions::showRerun);
    connect(m_rerun.get(), &SessionRerun::finished, this, &ApplicationSessions::endRerun);
    connect(m_rerun.get(), &SessionRerun::storageFailed, this, &ApplicationSessions::report);
    m_rerun->start();
    showRerun();
}

void ApplicationSessions::showRerun()
{
    const int turns = std::max(1, m_rerun->turnCount());
    const int done = std::max(0, m_rerun->askedTurns() - 1);
    m_pane.notices().showProgress(
        tr("Turn %1 of %2…").arg(m_rerun->askedTurns()).arg(turns), done * 1000 / turns, tr("Cancel"));
}

void ApplicationSessions::endRerun(bool isComplete)
{
    m_pane.notices().showNotice(
        isComplete ? tr("Everything was asked again") : tr("Cancelled; the copy has what came"));
    const Session &original = m_rerun->original();
    auto *window = new ComparisonWindow(compareTurns(original.turns, m_rerun->copy().turns, original.panes),
        {.window = tr("Asked again: %1").arg(original.title),
            .left = tr("Then, %1").arg(QLocale().toString(original.updatedAt.toLocalTime(), QLocale::ShortFormat)),
            .right = tr("Now")},
        &m_window);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->show();
}

} // namespace diptych
