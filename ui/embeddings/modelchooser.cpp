// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "embeddings/modelchooser.h"

#include <QAbstractItemView>
#include <QStandardItemModel>

#include <algorithm>

namespace diptych {

namespace {

/// Lower comes first; unset: not offered. Many endpoints do not say what their models are for.
std::optional<int> preference(const ModelDescription &model)
{
    if (model.type == ModelType::TextEmbeddings)
        return 0;
    if (model.type != ModelType::Unknown)
        return {};
    return model.id.contains(QLatin1String("embed"), Qt::CaseInsensitive) ? 1 : 2;
}

} // namespace

ModelChooser::ModelChooser(Connections &connections, bool isOptional, QWidget *parent)
    : QComboBox(parent)
    , m_connections(connections)
    , m_entries(new QStandardItemModel(this))
    , m_isOptional(isOptional)
{
    setModel(m_entries);
    // Names can be long and the panel is narrow: the popup shows them whole.
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setMinimumWidth(80);
    view()->setTextElideMode(Qt::ElideMiddle);
    connect(&connections, &Connections::endpointAdded, this, &ModelChooser::rebuild);
    connect(&connections, &Connections::endpointChanged, this, &ModelChooser::rebuild);
    connect(&connections, &Connections::endpointRemoved, this, &ModelChooser::rebuild);
    connect(&connections, &Connections::modelsChanged, this, &ModelChooser::rebuild);
    rebuild();
}

ModelRef ModelChooser::model() const
{
    return currentData().value<ModelRef>();
}

bool ModelChooser::choose(const ModelRef &ref)
{
    for (int row = 0; row < count(); ++row) {
        if (itemData(row).value<ModelRef>() == ref && (m_entries->item(row)->flags() & Qt::ItemIsSelectable)) {
            setCurrentIndex(row);
            return true;
        }
    }
    return false;
}

void ModelChooser::rebuild()
{
    const ModelRef before = model();
    {
        const QSignalBlocker blocker(this);
        m_entries->clear();
        if (m_isOptional)
            addEntry(tr("none"), {});
        for (const Endpoint &endpoint : m_connections.endpoints())
            addEndpoint(endpoint);
        if (!choose(before)) {
            int first = 0;
            while (first < count() && !(m_entries->item(first)->flags() & Qt::ItemIsSelectable))
                ++first;
            setCurrentIndex(first < count() ? first : -1);
        }
    }
    setPlaceholderText(tr("no model that embeds texts"));
    if (model() != before)
        Q_EMIT currentIndexChanged(currentIndex());
}

void ModelChooser::addEndpoint(const Endpoint &endpoint)
{
    std::vector<ModelDescription> offered = m_connections.models(endpoint.id);
    const bool listsNothing = offered.empty();
    std::erase_if(offered, [](const ModelDescription &model) { return !preference(model); });
    std::stable_sort(offered.begin(), offered.end(), [](const ModelDescription &left, const ModelDescription &right) {
        return *preference(left) < *preference(right);
    });
    if (offered.empty() && !listsNothing)
        return;
    auto *heading = new QStandardItem(endpoint.name);
    heading->setFlags(Qt::NoItemFlags);
    QFont bold = font();
    bold.setBold(true);
    heading->setFont(bold);
    m_entries->appendRow(heading);
    if (listsNothing) {
        const QString name = endpoint.defaultModel.isEmpty() ? tr("the endpoint's own model") : endpoint.defaultModel;
        addEntry(name, {endpoint.id, endpoint.defaultModel});
    }
    for (const ModelDescription &model : offered)
        addEntry(model.id, {endpoint.id, model.id});
}

void ModelChooser::addEntry(const QString &text, const ModelRef &ref)
{
    auto *entry = new QStandardItem(text);
    entry->setData(QVariant::fromValue(ref), Qt::UserRole);
    if (ref.isValid())
        entry->setToolTip(m_connections.displayName(ref));
    m_entries->appendRow(entry);
}

} // namespace diptych
