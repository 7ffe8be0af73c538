// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/completiondraftkeeper.h"

#include "completion/completionedit.h"
#include "completion/samplingbar.h"
#include "completion/sweepbar.h"
#include "models/completionboard.h"

#include <QAbstractButton>
#include <QAction>

namespace diptych {

namespace {

QString routeName(CompletionRoute route)
{
    switch (route) {
    case CompletionRoute::Completion:
        return QStringLiteral("completion");
    case CompletionRoute::Chat:
        return QStringLiteral("chat");
    case CompletionRoute::Automatic:
        break;
    }
    return QStringLiteral("automatic");
}

CompletionRoute routeFromName(const QString &name)
{
    for (const CompletionRoute route : {CompletionRoute::Completion, CompletionRoute::Chat}) {
        if (name == routeName(route))
            return route;
    }
    return CompletionRoute::Automatic;
}

} // namespace

CompletionDraftKeeper::CompletionDraftKeeper(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    connect(&parts.editor, &QPlainTextEdit::textChanged, this, &CompletionDraftKeeper::keep);
    connect(&parts.editor, &QPlainTextEdit::cursorPositionChanged, this, &CompletionDraftKeeper::keep);
    connect(&parts.board, &CompletionBoard::columnsChanged, this, &CompletionDraftKeeper::keep);
    connect(&parts.board, &CompletionBoard::columnChanged, this, &CompletionDraftKeeper::keep);
    connect(&parts.sampling, &SamplingBar::changed, this, &CompletionDraftKeeper::keep);
    connect(&parts.sweep, &SweepBar::changed, this, &CompletionDraftKeeper::keep);
    connect(&parts.split, &QAction::toggled, this, &CompletionDraftKeeper::keep);
    connect(&parts.heat, &QAbstractButton::toggled, this, &CompletionDraftKeeper::keep);
}

Result<void> CompletionDraftKeeper::setStore(CompletionDraftStore *store)
{
    m_store = nullptr;
    if (!store)
        return {};
    const Result<CompletionDraft> draft = store->load();
    if (draft && *draft != CompletionDraft {})
        restore(*draft);
    m_store = store;
    if (!draft)
        return Failure(draft.error());
    return {};
}

void CompletionDraftKeeper::restore(const CompletionDraft &draft)
{
    m_parts.editor.setPlainText(draft.text);
    std::vector<TextRange> ranges;
    for (const CompletionDraft::Range &range : draft.generated)
        ranges.push_back({.start = range.start, .length = range.length});
    m_parts.editor.setGenerated(std::move(ranges));
    QTextCursor caret = m_parts.editor.textCursor();
    caret.setPosition(draft.caret);
    m_parts.editor.setTextCursor(caret);
    m_parts.sampling.setTexts(draft.parameters);
    m_parts.sweep.setTexts(draft.sweepTemperature, draft.sweepTopP);
    m_parts.split.setChecked(draft.isSplit);
    m_parts.heat.setChecked(draft.showsProbabilities);
    CompletionBoard &board = m_parts.board;
    for (std::size_t i = 0; i < draft.columns.size(); ++i) {
        const CompletionDraft::Column &kept = draft.columns[i];
        const std::vector<CompletionBoard::Column> shown = board.columns();
        int id = 0;
        if (i < shown.size()) {
            id = shown[i].id;
            board.setModel(id, kept.model);
        } else {
            id = board.add(kept.model);
        }
        board.setRoute(id, routeFromName(kept.route));
    }
}

CompletionDraft CompletionDraftKeeper::draft() const
{
    CompletionDraft draft {.text = m_parts.editor.toPlainText(),
        .caret = m_parts.editor.textCursor().position(),
        .parameters = m_parts.sampling.texts(),
        .sweepTemperature = m_parts.sweep.temperatureText(),
        .sweepTopP = m_parts.sweep.topPText(),
        .isSplit = m_parts.split.isChecked(),
        .showsProbabilities = m_parts.heat.isChecked()};
    for (const TextRange &range : m_parts.editor.generated())
        draft.generated.push_back({.start = range.start, .length = range.length});
    for (const CompletionBoard::Column &column : m_parts.board.columns()) {
        if (column.model.isValid())
            draft.columns.push_back({.model = column.model, .route = routeName(column.route)});
    }
    return draft;
}

void CompletionDraftKeeper::keep()
{
    if (m_store)
        m_store->save(draft());
}

} // namespace diptych
