// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "api/replayfile.h"
#include "models/wiretext.h"

#include <QJsonObject>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QAction;

namespace diptych {

namespace Ui {
class WirePage;
}

/// What goes and went over the wire: the next request, the exchange under way, its earlier attempts, or a stored one.
class WirePage : public QWidget
{
    Q_OBJECT
public:
    explicit WirePage(QWidget *parent = nullptr);
    ~WirePage() override;

    void setKeyVariable(const QString &variable) { m_keyVariable = variable; }
    /// The next request; `commonRequest` is the same before the adapter.
    void setPreview(const Result<WirePreview> &preview, const QJsonObject &commonRequest = {});
    /// Follows the reply; keeps a copy of its exchanges once it is finished.
    void watch(Reply *reply, const QJsonObject &commonRequest = {});
    void showExchange(const RecordedExchange &recorded);
    /// Shows an exchange that was saved for replay, or says why it can not.
    void openFile(const QString &path);

private:
    void setUpMenu();
    void takeFinished();
    void forgetReply();
    /// Keeps the choice, or goes to the last exchange.
    void fillBox(bool toLast = false);
    void fillAttempts();
    void showChosen();
    void updateChosen();
    void refreshLive();
    void copyCurl();
    void saveHar();
    void saveReplay();
    void askForFile();
    void showFileError(const QString &message);
    /// Counts again; search() also goes to the first match.
    void findMatches();
    void showCount();
    void search();
    void step(int direction);
    /// The attempts of the exchange that is shown, the last one included.
    [[nodiscard]] std::vector<Exchange> attempts() const;
    [[nodiscard]] const std::vector<Exchange> &earlier() const;
    /// The exchange that the box points to; null for the next request, or when there is none.
    [[nodiscard]] const Exchange *chosen() const;
    [[nodiscard]] bool isNextChosen() const;
    [[nodiscard]] WirePreview chosenRequest() const;

    std::unique_ptr<Ui::WirePage> m_ui;
    QAction *m_har = nullptr;
    QAction *m_replay = nullptr;
    QString m_keyVariable;
    std::optional<Result<WirePreview>> m_preview;
    QJsonObject m_previewCommon;
    QPointer<Reply> m_reply; // while it runs
    RecordedExchange m_recorded; // once it is finished: the attempts; the rest from the start
    QTimer m_live;
    std::vector<WireMatch> m_matches;
    int m_match = -1;
};

} // namespace diptych
