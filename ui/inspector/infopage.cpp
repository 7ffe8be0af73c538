// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/infopage.h"

#include "api/capabilitybook.h"
#include "api/modelcharge.h"
#include "inspector/abilitiesview.h"
#include "models/modelfacts.h"
#include "theme/theme.h"
#include "ui_infopage.h"
#include "widgets/jsonhighlighter.h"

#include <QEvent>
#include <QJsonDocument>
#include <QLabel>
#include <QLocale>

namespace diptych {

InfoPage::InfoPage(Connections &connections, CapabilityBook &book, PriceTable &prices, QWidget *parent)
    : QWidget(parent)
    , m_connections(connections)
    , m_prices(prices)
    , m_ui(std::make_unique<Ui::InfoPage>())
    , m_abilities(new AbilitiesView(connections, book, prices, this))
{
    m_ui->setupUi(this);
    QFont bold = font();
    bold.setBold(true);
    m_ui->nameLabel->setFont(bold);
    m_ui->urlLabel->setElideMode(Qt::ElideMiddle);
    m_ui->refreshButton->setIcon(themeIcon(QStringLiteral("refresh")));
    m_ui->rawView->setFont(monospaceFont());
    new JsonHighlighter(m_ui->rawView->document());
    makeCaption(m_ui->stateLabel);
    m_ui->abilitiesLayout->addWidget(m_abilities);
    m_ui->priceButton->setIcon(themeIcon(QStringLiteral("settings")));
    for (QLabel *caption : {m_ui->typeCaption, m_ui->providerCaption, m_ui->contextCaption, m_ui->priceCaption,
             m_ui->endpointCaption, m_ui->kindCaption, m_ui->urlCaption})
        makeCaption(caption);
    makeCaption(m_ui->priceSourceLabel);
    connect(m_abilities, &AbilitiesView::replyStarted, this, &InfoPage::replyStarted);
    connect(m_ui->priceButton, &QToolButton::clicked, this, [this] { Q_EMIT pricesRequested(m_model); });
    connect(&m_prices, &PriceTable::changed, this, &InfoPage::showPrice);
    connect(m_ui->refreshButton, &QToolButton::clicked, this, &InfoPage::ask);
    connect(m_ui->rawToggle, &QToolButton::toggled, this, &InfoPage::toggleRaw);
    connect(m_ui->banner, &Banner::actionTriggered, this, &InfoPage::ask);
    connectToConnections();
    toggleRaw(false);
    showWhatIsKnown();
}

InfoPage::~InfoPage() = default;

void InfoPage::connectToConnections()
{
    connect(&m_connections, &Connections::endpointAboutToChange, this, [this](const QString &endpointId) {
        if (endpointId == m_model.endpointId)
            m_reply.reset();
    });
    connect(&m_connections, &Connections::modelsChanged, this, [this](const QString &endpointId) {
        // The answer of the endpoint itself says more than its list.
        if (endpointId == m_model.endpointId && !(m_reply && m_reply->isFinished() && !m_reply->error()))
            showFacts(listed());
    });
    connect(&m_connections, &Connections::endpointChanged, this, [this](const QString &endpointId) {
        if (endpointId == m_model.endpointId)
            showModel(m_model);
    });
}

void InfoPage::showModel(const ModelRef &ref)
{
    m_reply.reset();
    m_model = ref;
    m_isAsked = false;
    showWhatIsKnown();
    if (isVisible())
        ask();
}

void InfoPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_isAsked)
        ask();
}

void InfoPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        if (auto *highlighter = m_ui->rawView->document()->findChild<JsonHighlighter *>())
            highlighter->refresh();
    }
}

void InfoPage::ask()
{
    Provider *provider = m_connections.provider(m_model.endpointId);
    if (!provider)
        return;
    m_isAsked = true;
    m_ui->banner->hide();
    m_ui->stateLabel->setText(tr("Asking the endpoint …"));
    m_ui->stateLabel->show();
    m_ui->refreshButton->setEnabled(false);
    m_reply = provider->info(m_model.model);
    connect(m_reply.get(), &Reply::finished, this, &InfoPage::takeAnswer);
    Q_EMIT replyStarted(m_reply.get(), tr("Information: %1").arg(m_connections.displayName(m_model)));
}

void InfoPage::takeAnswer()
{
    m_ui->refreshButton->setEnabled(true);
    m_ui->stateLabel->hide();
    const Result<ModelInfo> info = m_reply->result();
    if (info)
        showFacts(completed(*info, listed()));
    else
        showError(info.error());
}

void InfoPage::showWhatIsKnown()
{
    const Endpoint *endpoint = m_connections.find(m_model.endpointId);
    m_ui->banner->hide();
    m_ui->stateLabel->setVisible(!endpoint);
    m_ui->stateLabel->setText(tr("Choose a model to see what its endpoint tells about it."));
    m_ui->scroll->setVisible(endpoint);
    m_ui->refreshButton->setVisible(endpoint);
    m_ui->nameLabel->setVisible(endpoint);
    setRaw({});
    if (!endpoint)
        return;
    m_ui->nameLabel->setText(m_model.model.isEmpty() ? endpoint->name : m_model.model);
    m_ui->endpointLabel->setText(endpoint->name);
    m_ui->kindLabel->setText(m_connections.kindName(*endpoint));
    m_ui->urlLabel->setText(endpoint->baseUrl.toDisplayString());
    showFacts(listed());
}

ModelInfo InfoPage::listed() const
{
    const ModelDescription *description = m_connections.findModel(m_model);
    return description ? infoOf(*description) : ModelInfo {.name = m_model.model};
}

void InfoPage::showFacts(const ModelInfo &info)
{
    const QString unknown = tr("not said");
    if (!info.name.isEmpty())
        m_ui->nameLabel->setText(info.name);
    QString type = info.rawType;
    if (type.isEmpty() && info.type != ModelType::Unknown)
        type = modelTypeName(info.type);
    m_ui->typeLabel->setText(type.isEmpty() ? unknown : type);
    m_ui->providerLabel->setText(info.provider.isEmpty() ? unknown : info.provider);
    m_ui->contextLabel->setText(
        info.contextLength ? tr("%1 tokens").arg(QLocale().toString(*info.contextLength)) : unknown);
    showMoreFacts(info.facts);
    showPrice();
    m_abilities->showModel(m_model, info.type, info.facts.capabilities);
    setRaw(info.raw);
}

void InfoPage::showMoreFacts(const ModelFacts &facts)
{
    for (QWidget *row : m_moreFacts)
        m_ui->form->removeRow(row);
    m_moreFacts.clear();
    int row = 0;
    m_ui->form->getWidgetPosition(m_ui->contextLabel, &row, nullptr);
    for (const FactText &fact : factTexts(facts)) {
        auto *caption = new QLabel(fact.name, m_ui->facts);
        makeCaption(caption);
        auto *value = new ElidedLabel(m_ui->facts);
        value->setText(fact.value);
        m_ui->form->insertRow(++row, caption, value);
        m_moreFacts.push_back(value);
    }
}

void InfoPage::showPrice()
{
    const Endpoint *endpoint = m_connections.find(m_model.endpointId);
    if (!endpoint)
        return;
    const Charge charge = chargeOf(m_model, m_connections, m_prices);
    m_ui->priceLabel->setText(chargeText(charge));
    m_ui->priceSourceLabel->setText(chargeSourceText(charge));
    m_ui->form->setRowVisible(m_ui->priceSourceLabel, charge.kind == Charge::Kind::Priced);
}

void InfoPage::showError(const Error &error)
{
    m_ui->banner->showMessage(
        Banner::Tone::Error, error.message.isEmpty() ? kindName(error.kind) : error.message, whatToDo(error));
    m_ui->banner->addAction(QStringLiteral("retry"), tr("Ask again"));
}

void InfoPage::setRaw(const QJsonObject &raw)
{
    m_ui->rawView->setPlainText(QString::fromUtf8(QJsonDocument(raw).toJson()));
    m_ui->rawToggle->setVisible(!raw.isEmpty());
    toggleRaw(m_ui->rawToggle->isChecked());
}

void InfoPage::toggleRaw(bool shown)
{
    m_ui->rawToggle->setIcon(themeIcon(shown ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    m_ui->rawView->setVisible(shown && !m_ui->rawToggle->isHidden());
}

} // namespace diptych
