// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "models/sessionexport.h"
#include "store/sessionimport.h"

#include <optional>

namespace diptych {

class SessionStore;

/// sessions: lists, searches, exports and imports what the window keeps. The window may be open meanwhile.
class SessionsCommand : public Command
{
    Q_OBJECT
public:
    static void addOptions(QCommandLineParser &parser);
    [[nodiscard]] static CommandResult make(const QCommandLineParser &parser, Console &console);
    ~SessionsCommand() override;

    void start() override;
    void interrupt() override;

private:
    enum class Task { List, Search, Export, Import };
    struct Order {
        Task task = Task::List;
        QStringList arguments {};
        QString file {};
        bool isJson = false;
    };
    SessionsCommand(Console &console, std::unique_ptr<SessionStore> store, Order order);
    void list();
    void search();
    void startExport();
    void startImport();
    void endImport(const ImportSummary &summary);
    void endExport(int count, const std::optional<Error> &error);
    void fail(const Error &error);

    std::unique_ptr<SessionStore> m_store;
    Order m_order;
    std::unique_ptr<SessionImport> m_import;
    std::unique_ptr<SessionExport> m_export;
};

} // namespace diptych
