// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/message.h"
#include "models/contextgauge.h"
#include "store/promptlibrary.h"

#include <QHash>
#include <QTimer>

#include <vector>

namespace diptych {

class CapabilityBook;
class Composer;
class Connections;
class Conversation;
class PriceTable;

/// Between the composer and the conversation: sends prompts, says before which models would refuse them and how long
/// the request will be, and remembers what was filled in. All of them outlive it.
class PromptDesk : public QObject
{
    Q_OBJECT
public:
    PromptDesk(Composer &composer, Conversation &conversation, Connections &connections, QObject *parent = nullptr);

    /// What models are known to refuse; null: only what their endpoints declare.
    void setCapabilityBook(const CapabilityBook *book) { m_book = book; }
    void setPrices(const PriceTable *prices); ///< null: costs are not said
    /// Names of panes, by id, in place of their models' while nobody may know those; empty: all may be known. What
    /// would tell the models apart is not shown meanwhile.
    void setAliases(const QHash<QString, QString> &aliases);
    /// Takes up another session: its history and values.
    void showSession();
    /// Lets the user edit the system prompt of one pane.
    void editPanePrompt(const QString &paneId);

private:
    struct PaneBase {
        QString paneId {};
        double raw = 0; ///< estimate of all that goes before the prompt
        TokenCalibration calibration {};
        ContextEstimate estimate {}; ///< what does not depend on the prompt
    };
    struct Refusal {
        QString paneId {};
        QString text {};
    };
    void followConversation();
    void send(const Message &prompt);
    void sendScript(const std::vector<Message> &messages);
    void act(const QString &action);
    void deliver(const Message &prompt, const QStringList &paneIds);
    [[nodiscard]] std::vector<Refusal> refusals(const Message &prompt) const;
    [[nodiscard]] QStringList targets() const; ///< ids of the panes that take part
    void keepValues();
    void measureHistory();
    void showGauge();
    void fillSystemMenu();
    void offerSettings(const Prompt &prompt);
    /// The endpoint's model with this name; invalid when nobody lists it.
    [[nodiscard]] ModelRef modelCalled(const QString &name) const;

    Composer &m_composer;
    Conversation &m_conversation;
    Connections &m_connections;
    const CapabilityBook *m_book = nullptr;
    const PriceTable *m_prices = nullptr;
    std::vector<PaneBase> m_bases;
    QHash<QString, QString> m_aliases;
    Prompt m_offered; ///< the prompt that was taken up last
    std::optional<QJsonObject> m_values; ///< of variables, not kept yet
    QTimer m_valuesTimer;
    QTimer m_historyTimer;
    QTimer m_gaugeTimer;
};

} // namespace diptych
