// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/sessionscommand.h"

#include "cli/clioptions.h"
#include "cli/report.h"
#include "store/sessionlibrary.h"
#include "store/sessionstore.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace diptych {

namespace {

QString dataFolder(const QCommandLineParser &parser)
{
    if (parser.isSet(QStringLiteral("data")))
        return parser.value(QStringLiteral("data"));
    // The window's, whose program has another name than this one.
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/diptych");
}

std::optional<SessionFormat> formatOf(const QString &file)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix == u"json")
        return SessionFormat::Json;
    if (suffix == u"md" || suffix == u"markdown")
        return SessionFormat::Markdown;
    if (suffix == u"html" || suffix == u"htm")
        return SessionFormat::Html;
    return std::nullopt;
}

} // namespace

void SessionsCommand::addOptions(QCommandLineParser &parser)
{
    parser.addPositionalArgument(QStringLiteral("task"), tr("list, search WORDS, export [ID…] or import FILE…."),
        QStringLiteral("list|search|export|import"));
    parser.addOption({QStringLiteral("data"), tr("The folder in which the window keeps its sessions."), tr("folder")});
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")},
        tr("Where to export to; its ending is the format: .json (complete), .md or .html."), tr("file")});
    parser.addOption({QStringLiteral("json"), tr("Write JSON lines.")});
}

CommandResult SessionsCommand::make(const QCommandLineParser &parser, Console &console)
{
    QStringList arguments = clioptions::arguments(parser);
    const QString task = arguments.isEmpty() ? QString() : arguments.takeFirst();
    const QStringList tasks {
        QStringLiteral("list"), QStringLiteral("search"), QStringLiteral("export"), QStringLiteral("import")};
    if (!tasks.contains(task))
        return usageError(tr("sessions takes one of: list, search, export, import."));
    const Order order {.task = Task(tasks.indexOf(task)),
        .arguments = arguments,
        .file = parser.value(QStringLiteral("output")),
        .isJson = parser.isSet(QStringLiteral("json"))};
    if (order.task == Task::Export && !formatOf(order.file))
        return usageError(tr("export needs --output with a file that ends in .json, .md or .html."));
    if ((order.task == Task::Import || order.task == Task::Search) && arguments.isEmpty())
        return usageError(order.task == Task::Import ? tr("import needs a file.") : tr("search needs words."));
    const QDir folder(dataFolder(parser));
    const QString file = folder.filePath(QStringLiteral("sessions.db"));
    if (order.task != Task::Import && !QFileInfo::exists(file)) {
        return Failure({.kind = Error::Kind::NotFound,
            .message = tr("There are no sessions in %1. Name another folder with --data.").arg(folder.path())});
    }
    if (order.task == Task::Import)
        QDir().mkpath(folder.path());
    Result<std::unique_ptr<SessionStore>> store = SessionStore::open(file);
    if (!store)
        return Failure(store.error());
    return std::unique_ptr<Command>(new SessionsCommand(console, std::move(*store), order));
}

SessionsCommand::SessionsCommand(Console &console, std::unique_ptr<SessionStore> store, Order order)
    : Command(console)
    , m_store(std::move(store))
    , m_order(std::move(order))
{
}

SessionsCommand::~SessionsCommand() = default;

void SessionsCommand::start()
{
    switch (m_order.task) {
    case Task::List:
        return list();
    case Task::Search:
        return search();
    case Task::Export:
        return startExport();
    case Task::Import:
        return startImport();
    }
}

void SessionsCommand::interrupt()
{
    if (m_import)
        m_import->cancel();
    if (m_export)
        m_export->cancel();
}

void SessionsCommand::fail(const Error &error)
{
    reportError(console(), error);
    Q_EMIT finished(exitCodeFor(error));
}

void SessionsCommand::list()
{
    const Result<std::vector<SessionSummary>> sessions = m_store->list();
    if (!sessions)
        return fail(sessions.error());
    for (const SessionSummary &session : *sessions) {
        if (session.trashedAt.isValid())
            continue;
        const QString when = session.updatedAt.toString(Qt::ISODate);
        if (m_order.isJson) {
            console().out.writeLine(jsonLine({{QStringLiteral("id"), session.id},
                {QStringLiteral("title"), session.title}, {QStringLiteral("folder"), session.folder},
                {QStringLiteral("updatedAt"), when}, {QStringLiteral("turns"), session.turnCount},
                {QStringLiteral("branches"), session.branchCount}, {QStringLiteral("isPinned"), session.isPinned}}));
        } else {
            const QString place = session.folder.isEmpty() ? QString() : QString(session.folder + u'/');
            console().out.writeLine(
                QStringLiteral("%1  %2  %3").arg(session.id, when, onOneLine(QString(place + session.title))));
        }
    }
    Q_EMIT finished(ExitCode::Ok);
}

void SessionsCommand::search()
{
    const auto found = m_store->search(m_order.arguments.join(u' '), 200);
    if (!found)
        return fail(found.error());
    for (const SessionMatch &match : *found) {
        const QString snippet =
            QString(match.snippet).remove(QChar(SessionMatch::markBegin)).remove(QChar(SessionMatch::markEnd));
        if (m_order.isJson) {
            console().out.writeLine(
                jsonLine({{QStringLiteral("id"), match.sessionId}, {QStringLiteral("title"), match.title},
                    {QStringLiteral("turnId"), match.turnId}, {QStringLiteral("snippet"), snippet}}));
        } else {
            console().out.writeLine(
                QStringLiteral("%1  %2  %3").arg(match.sessionId, onOneLine(match.title), onOneLine(snippet)));
        }
    }
    Q_EMIT finished(ExitCode::Ok);
}

void SessionsCommand::startImport()
{
    m_import = std::make_unique<SessionImport>(m_store->library());
    connect(m_import.get(), &SessionImport::finished, this, &SessionsCommand::endImport);
    m_import->start(m_order.arguments);
}

void SessionsCommand::endImport(const ImportSummary &summary)
{
    for (const QString &problem : summary.problems)
        console().err.writeLine(onOneLine(problem));
    console().out.writeLine(tr("%1 imported, %2 there already").arg(summary.sessionIds.size()).arg(summary.knownCount));
    const bool isBad = summary.sessionIds.isEmpty() && summary.knownCount == 0 && !summary.problems.isEmpty();
    const Error failure {.kind = summary.isCancelled ? Error::Kind::Cancelled : Error::Kind::InvalidRequest};
    Q_EMIT finished(isBad || summary.isCancelled ? exitCodeFor(failure) : ExitCode::Ok);
}

void SessionsCommand::startExport()
{
    m_export = std::make_unique<SessionExport>(m_store->library());
    connect(m_export.get(), &SessionExport::finished, this,
        [this](const QString &, int count, const std::optional<Error> &error) { endExport(count, error); });
    m_export->start({.sessionIds = m_order.arguments,
        .format = formatOf(m_order.file).value_or(SessionFormat::Json),
        .file = m_order.file});
}

void SessionsCommand::endExport(int count, const std::optional<Error> &error)
{
    if (error)
        return fail(*error);
    console().out.writeLine(tr("%1 exported to %2").arg(count).arg(m_order.file));
    Q_EMIT finished(ExitCode::Ok);
}

} // namespace diptych
