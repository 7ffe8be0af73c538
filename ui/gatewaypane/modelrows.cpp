// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewaypane/modelrows.h"

#include "api/connections.h"
#include "catalogue/modelpicker.h"
#include "theme/theme.h"

#include <QDoubleSpinBox>

#include <algorithm>

namespace diptych {

namespace {

constexpr double mostWeight = 1000;
constexpr int shareWidth = 48;

/// Shows as much of a name as there is room for: names can be long, rows are not.
class ModelButton : public QToolButton
{
public:
    ModelButton(const QString &name, QWidget *parent)
        : QToolButton(parent)
        , m_name(name)
    {
        setIcon(themeIcon(QStringLiteral("model")));
        setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        setText(name);
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QToolButton::resizeEvent(event);
        const int room = width() - iconSize().width() - 2 * spacing::wide;
        setText(fontMetrics().elidedText(m_name, Qt::ElideMiddle, room));
    }

private:
    QString m_name;
};

QToolButton *flatButton(QWidget *parent, const QString &icon, const QString &name)
{
    auto *button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setIcon(themeIcon(icon));
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

} // namespace

ModelRows::ModelRows(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(spacing::tight);
}

void ModelRows::setUp(Kind kind, Connections &connections, CatalogueModel &catalogue, const QString &addText)
{
    m_kind = kind;
    m_connections = &connections;
    m_addText = addText;
    m_picker = new ModelPicker(catalogue, this);
    connect(m_picker, &ModelPicker::modelChosen, this, &ModelRows::take);
    rebuild();
}

void ModelRows::setRows(std::vector<RouteTarget> rows)
{
    m_rows = std::move(rows);
    rebuild();
}

void ModelRows::rebuild()
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        if (QWidget *widget = item->widget())
            retire(*widget);
        delete item;
    }
    m_shares.clear();
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        m_layout->addWidget(makeRow(row));
    showShares();
    if (m_kind == Kind::Single && !m_rows.empty())
        return;
    auto *add = new QToolButton(this);
    add->setObjectName(QStringLiteral("addModelButton"));
    add->setAutoRaise(true);
    add->setIcon(themeIcon(QStringLiteral("add")));
    add->setText(m_addText);
    add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(add, &QToolButton::clicked, this, [this, add] { pick(-1, add); });
    m_layout->addWidget(add, 0, Qt::AlignLeft);
}

/// Takes the names away too: nobody may find what is about to go.
void ModelRows::retire(QWidget &row)
{
    row.hide();
    row.setObjectName({});
    const QList<QWidget *> parts = row.findChildren<QWidget *>();
    for (QWidget *part : parts)
        part->setObjectName({});
    row.deleteLater(); // one of its buttons may have been clicked
}

QWidget *ModelRows::makeRow(std::size_t row)
{
    auto *place = new QWidget(this);
    auto *layout = new QHBoxLayout(place);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::tight);
    const ModelRef &model = m_rows[row].model;
    const QString name = m_connections->displayName(model);
    auto *button = new ModelButton(name, place);
    button->setObjectName(QStringLiteral("modelButton%1").arg(row));
    button->setToolTip(tr("%1 — choose another model").arg(modelRefText(model)));
    button->setAccessibleName(tr("Model: %1").arg(name));
    connect(button, &QToolButton::clicked, this, [this, row, button] { pick(static_cast<int>(row), button); });
    layout->addWidget(button, 1);
    if (m_kind == Kind::Weighted)
        addWeight(*place, row);
    if (m_kind == Kind::Ordered)
        addMove(*place, row);
    QToolButton *removeButton = flatButton(place, QStringLiteral("close"), tr("Without %1").arg(name));
    removeButton->setObjectName(QStringLiteral("removeModelButton%1").arg(row));
    connect(removeButton, &QToolButton::clicked, this, [this, row] { remove(row); });
    layout->addWidget(removeButton);
    return place;
}

void ModelRows::addWeight(QWidget &place, std::size_t row)
{
    auto *weight = new QDoubleSpinBox(&place);
    weight->setObjectName(QStringLiteral("weightBox%1").arg(row));
    weight->setAccessibleName(tr("Weight of %1").arg(m_connections->displayName(m_rows[row].model)));
    weight->setToolTip(tr("Its share of the requests, against the weights of the others. 0: none."));
    weight->setRange(0, mostWeight);
    weight->setDecimals(1);
    weight->setPrefix(tr("weight "));
    weight->setValue(m_rows[row].weight);
    connect(weight, &QDoubleSpinBox::valueChanged, this, [this, row](double value) {
        m_rows[row].weight = value;
        showShares();
        Q_EMIT edited();
    });
    auto *share = new QLabel(&place);
    share->setObjectName(QStringLiteral("shareLabel%1").arg(row));
    share->setMinimumWidth(shareWidth);
    share->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    makeCaption(share);
    place.layout()->addWidget(weight);
    place.layout()->addWidget(share);
    m_shares.push_back({.weight = weight, .label = share});
}

void ModelRows::addMove(QWidget &place, std::size_t row)
{
    QToolButton *up = flatButton(&place, QStringLiteral("arrow-up"), tr("Ask it earlier"));
    up->setObjectName(QStringLiteral("earlierButton%1").arg(row));
    up->setEnabled(row > 0);
    connect(up, &QToolButton::clicked, this, [this, row] {
        std::swap(m_rows[row], m_rows[row - 1]);
        rebuild();
        Q_EMIT edited();
    });
    place.layout()->addWidget(up);
}

void ModelRows::showShares()
{
    if (m_shares.empty())
        return;
    constexpr double percent = 100;
    double sum = 0;
    for (const RouteTarget &row : m_rows)
        sum += row.weight;
    for (std::size_t row = 0; row < m_shares.size(); ++row) {
        const double share = sum > 0 ? percent * m_rows[row].weight / sum : 0;
        m_shares[row].label->setText(tr("%1 %").arg(qRound(share)));
    }
    // A model that is alone gets everything, whatever its weight.
    const bool isShared = m_rows.size() > 1;
    m_shares.front().weight->setVisible(isShared || m_rows.front().weight <= 0);
    m_shares.front().label->setVisible(isShared);
}

void ModelRows::pick(int row, QWidget *anchor)
{
    m_picking = row;
    m_picker->popup(anchor, row < 0 ? ModelRef() : m_rows[static_cast<std::size_t>(row)].model);
}

void ModelRows::take(const ModelRef &model)
{
    if (m_picking >= 0 && m_picking < static_cast<int>(m_rows.size()))
        m_rows[static_cast<std::size_t>(m_picking)].model = model;
    else
        m_rows.push_back({.model = model});
    rebuild();
    Q_EMIT edited();
}

void ModelRows::remove(std::size_t row)
{
    m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(row));
    rebuild();
    Q_EMIT edited();
}

} // namespace diptych
