// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/model.h"
#include "core/error.h"

#include <QHash>
#include <QWidget>

#include <memory>

class QAction;

namespace diptych {

namespace Ui {
class ChatPane;
}

class AnswerPane;
class Banner;
class CapabilityBook;
class CatalogueModel;
class ChatReply;
class Composer;
class Connections;
class Conversation;
class ConversationUndo;
class FindBar;
class ModelChoice;
class Overlays;
class PriceTable;
class PromptDesk;
class PaneCommands;
class PaneDeck;
class RenderScheduler;
class TurnActions;
class TurnPictures;
struct Endpoint;
struct Repair;
struct TurnPlace;

/// The comparison: one column per model above one composer.
class ChatPane : public QWidget
{
    Q_OBJECT
public:
    ChatPane(Conversation &conversation, Connections &connections, CatalogueModel &catalogue,
        RenderScheduler &scheduler, QWidget *parent = nullptr);
    ~ChatPane() override;

    /// Models that are known to refuse something are then not offered in its place.
    void setCapabilityBook(const CapabilityBook *book);
    /// To say what answers cost. Outlives the pane.
    void setPrices(const PriceTable *prices);
    [[nodiscard]] Composer &composer() { return *m_composer; }
    [[nodiscard]] PromptDesk &desk() { return *m_desk; }
    [[nodiscard]] QString currentPaneId() const { return m_currentPaneId; }
    [[nodiscard]] AnswerPane *pane(const QString &paneId) const { return find(paneId); } ///< null when unknown
    void addBelowPanes(QWidget *widget); ///< a line of somebody else's between the answers and the composer
    void addSideAction(QAction *action); ///< a button below the one that adds a pane
    /// Shows the panes in this order and under these names (both by pane id), and no turns before `firstTurn`. Without
    /// names everything is as usual.
    void showBlind(const QStringList &order, const QHash<QString, QString> &names, int firstTurn);
    void addPane(const ModelRef &model);
    void swapCurrentModel(const ModelRef &model);
    void pickNewPane(); ///< lets the user choose the model of a further pane
    void openModelPicker(); ///< for the current pane
    void openFindBar();
    void findText(const QString &text); ///< opens the find bar with it
    void revealTurn(int turn); ///< scrolls all panes to it; nothing happens when there is no such turn
    [[nodiscard]] Overlays &overlays() { return *m_overlays; }
    void focusComposer();
    void setPrompt(const QString &text); ///< to be sent or changed by the user
    void showNotice(const QString &title, const QString &text);
    void showStorageError(const Error &error);
    /// The request that the current pane would send with what is in the composer.
    [[nodiscard]] ChatRequest previewRequest() const;

Q_SIGNALS:
    void currentPaneChanged(const QString &paneId);
    void paneActivated(const QString &paneId); ///< the user turned to it, maybe again
    void paneMade(const QString &paneId); ///< also for one that was there, when another session is shown
    void promptEdited(); ///< a key was pressed in the composer
    void metricsRequested(const QString &paneId, QWidget *anchor);
    void previewChanged(); ///< previewRequest() would differ now
    void linkRequested(const QUrl &url);
    void settingsRequested(); ///< of the current pane
    void endpointEditRequested(const QString &endpointId);
    /// The same endpoint with other settings; it is in use when the signal returns.
    void endpointChangeRequested(const diptych::Endpoint &endpoint);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override; ///< files, to be attached
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void connectConversation();
    void rebuild();
    AnswerPane *insertPane(const QString &paneId);
    void removePane(const QString &paneId);
    AnswerPane *find(const QString &paneId) const;
    void renumber();
    void showOverlays(); ///< lays them over the panes that there are
    void setCurrentPane(const QString &paneId);
    void repair(const QString &paneId, const Repair &repair);
    void showTurn(int turn);
    void setUpUndo();
    void setUpDeck();
    void connectPane(AnswerPane *pane);
    void arrange();
    void orderPanes();
    void movePaneTo(const QString &paneId, const QPoint &position);
    void keepView();
    void editPrompt(const TurnPlace &place);
    void search(const QString &text);
    void searchNext(const QString &text, bool backwards);

    std::unique_ptr<Ui::ChatPane> m_ui;
    Conversation &m_conversation;
    Connections &m_connections;
    RenderScheduler &m_scheduler;
    Composer *m_composer;
    PromptDesk *m_desk;
    TurnPictures *m_pictures;
    FindBar *m_findBar;
    Banner *m_banner;
    ModelChoice *m_choice;
    std::vector<AnswerPane *> m_panes;
    QString m_currentPaneId;
    const PriceTable *m_prices = nullptr;
    ConversationUndo *m_undo;
    PaneDeck *m_deck;
    PaneCommands *m_commands;
    TurnActions *m_turnActions;
    Overlays *m_overlays;
};

} // namespace diptych
