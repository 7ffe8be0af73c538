// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

#include <QJsonObject>
#include <QObject>
#include <QPointer>

#include <memory>
#include <optional>

class QAction;
class QDialog;

namespace diptych {

class BlindRound;
class ChatPane;
class ConnectionWarmer;
class Connections;
class Conversation;
class MainWindow;
class MetricsCard;
class MetricsDialog;
class PriceTable;
class RepeatSeries;
class Reply;
class VoteBar;
class VoteDesk;
class VoteResultsDialog;
struct Cost;

/// What makes a comparison of the chat page more than two texts: metrics, fair races, repeats, votes, blind rounds.
/// Puts their parts together and gives the window its actions for them.
class ApplicationComparison : public QObject
{
    Q_OBJECT
public:
    struct Services {
        Conversation &conversation;
        Connections &connections;
        PriceTable &prices;
        ChatPane &chat;
        MainWindow &window;
    };
    explicit ApplicationComparison(Services services, QObject *parent = nullptr);
    ~ApplicationComparison() override;

    [[nodiscard]] BlindRound &blind() { return *m_blind; }
    [[nodiscard]] VoteDesk &votes() { return *m_votes; }

    void showMetrics(const QString &paneId, QWidget *anchor); ///< the card of one answer
    void compareMetrics();
    void repeat(const QString &paneId);
    void showVoteResults();

Q_SIGNALS:
    /// For the list of what is under way.
    void replyStarted(diptych::Reply *reply, const QString &label, const QJsonObject &commonRequest);

private:
    void setUpActions();
    void setUpBlind();
    QAction *add(const QString &text, const QString &icon, const QString &keys);
    void addStrip(const QString &paneId);
    void applyBlind();
    void hideTellTales(bool isHidden);
    template <typename Dialog>
    Dialog *open(QPointer<Dialog> &place, Dialog *dialog);
    [[nodiscard]] std::optional<Cost> costOf(const Answer &answer) const;
    [[nodiscard]] std::vector<Vote> votesOf(bool ofThisSession) const;

    Services m_services;
    std::unique_ptr<ConnectionWarmer> m_warmer;
    std::unique_ptr<BlindRound> m_blind;
    std::unique_ptr<VoteDesk> m_votes;
    std::unique_ptr<RepeatSeries> m_repeats;
    VoteBar *m_voteBar;
    MetricsCard *m_card;
    QPointer<MetricsDialog> m_metricsDialog;
    QPointer<VoteResultsDialog> m_resultsDialog;
    QPointer<QDialog> m_repeatsDialog;
    std::vector<QAction *> m_telling; ///< actions that would say who is who
    QAction *m_blindAction = nullptr;
    std::vector<QPointer<QWidget>> m_hiddenPanels; ///< to be shown again
};

} // namespace diptych
