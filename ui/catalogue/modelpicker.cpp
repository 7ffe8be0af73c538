// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalogue/modelpicker.h"

#include "catalogue/modeldelegate.h"
#include "catalogue/modelfilter.h"
#include "models/cataloguemodel.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QScreen>
#include <QTreeView>
#include <QVBoxLayout>

namespace diptych {

ModelPicker::ModelPicker(CatalogueModel &catalogue, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_catalogue(catalogue)
    , m_filter(new ModelFilter(this))
    , m_edit(new QLineEdit(this))
    , m_view(new QTreeView(this))
{
    setFrameShape(QFrame::StyledPanel);
    setObjectName(QStringLiteral("modelPicker"));
    m_filter->setSourceModel(&m_catalogue);
    m_edit->setObjectName(QStringLiteral("modelSearch"));
    m_edit->setPlaceholderText(tr("Type a few letters of a model or endpoint"));
    m_edit->setAccessibleName(tr("Search models"));
    m_edit->setClearButtonEnabled(true);
    m_edit->installEventFilter(this);
    m_view->setObjectName(QStringLiteral("modelChoices"));
    m_view->setModel(m_filter);
    m_view->setItemDelegate(new ModelDelegate(m_view));
    m_view->setHeaderHidden(true);
    m_view->setRootIsDecorated(false);
    m_view->setItemsExpandable(false);
    m_view->setIndentation(spacing::wide);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setAccessibleName(tr("Matching models"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::tight, spacing::tight, spacing::tight, spacing::tight);
    layout->setSpacing(spacing::tight);
    layout->addWidget(m_edit);
    layout->addWidget(m_view);
    connect(m_edit, &QLineEdit::textChanged, this, &ModelPicker::search);
    connect(m_view, &QTreeView::clicked, this, &ModelPicker::choose);
    setFocusProxy(m_edit);
}

void ModelPicker::setType(std::optional<ModelType> type)
{
    m_filter->setType(type);
}

void ModelPicker::setExcluded(std::vector<ModelRef> models)
{
    m_filter->setExcluded(std::move(models));
}

void ModelPicker::popup(QWidget *anchor, const ModelRef &current)
{
    m_edit->clear();
    search({});
    const QModelIndex index = m_filter->mapFromSource(m_catalogue.indexOf(current));
    if (index.isValid())
        m_view->setCurrentIndex(index);
    resize(320, 360);
    QPoint position = anchor->mapToGlobal(QPoint(0, anchor->height() + 2));
    if (const QScreen *screen = anchor->screen()) {
        const QRect area = screen->availableGeometry();
        position.setX(qBound(area.left(), position.x(), qMax(area.left(), area.right() - width())));
        position.setY(qBound(area.top(), position.y(), qMax(area.top(), area.bottom() - height())));
    }
    move(position);
    show();
    m_edit->setFocus();
}

void ModelPicker::search(const QString &text)
{
    m_filter->setSearch(text);
    m_view->expandAll();
    selectBest(text);
}

void ModelPicker::selectBest(const QString &text)
{
    QModelIndex best;
    int bestScore = 0;
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex endpoint = m_filter->index(row, 0);
        for (int child = 0; child < m_filter->rowCount(endpoint); ++child) {
            const QModelIndex index = m_filter->index(child, 0, endpoint);
            const int points = ModelFilter::score(text, index.data(CatalogueModel::SearchRole).toString());
            if (points > bestScore) {
                bestScore = points;
                best = index;
            }
        }
    }
    m_view->setCurrentIndex(best);
}

void ModelPicker::moveSelection(int step)
{
    QModelIndex index = m_view->currentIndex();
    do {
        index = step > 0 ? m_view->indexBelow(index) : m_view->indexAbove(index);
    } while (index.isValid() && index.data(CatalogueModel::IsEndpointRole).toBool());
    if (index.isValid())
        m_view->setCurrentIndex(index);
}

void ModelPicker::choose(const QModelIndex &index)
{
    const ModelRef model = m_catalogue.modelAt(m_filter->mapToSource(index));
    if (!model.isValid())
        return;
    hide();
    Q_EMIT modelChosen(model);
}

bool ModelPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_edit || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        moveSelection(1);
        return true;
    case Qt::Key_Up:
        moveSelection(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_view->currentIndex());
        return true;
    case Qt::Key_Escape:
        hide();
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

} // namespace diptych
