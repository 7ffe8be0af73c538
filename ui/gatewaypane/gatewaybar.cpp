// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewaypane/gatewaybar.h"

#include "models/gatewaysnippets.h"
#include "theme/theme.h"
#include "ui_gatewaybar.h"

#include <QClipboard>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

namespace diptych {

namespace {

constexpr int shownLetters = 28; ///< of an address, where there is little room
constexpr qsizetype shownDots = 12; ///< says nothing about the key's length
const QString loopback = QStringLiteral("127.0.0.1");
const QString everywhere = QStringLiteral("0.0.0.0");

} // namespace

GatewayBar::GatewayBar(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::GatewayBar>())
    , m_othersAction(new QAction(tr("Let other machines in…"), this))
{
    m_ui->setupUi(this);
    for (QLabel *caption : {m_ui->keyLabel, m_ui->portLabel})
        makeCaption(caption);
    makeCaption(m_ui->openAiLabel);
    makeCaption(m_ui->rootLabel);
    m_ui->reachLabel->setTextFormat(Qt::PlainText);
    setUpMenu();
    setUpAddresses();
    connect(m_ui->switchButton, &QPushButton::clicked, this, [this] {
        if (m_state.isRunning)
            Q_EMIT stopRequested();
        else
            Q_EMIT startRequested();
    });
    connect(m_ui->portBox, &QSpinBox::editingFinished, this, [this] { changePort(m_ui->portBox->value()); });
    connect(m_ui->banner, &Banner::actionTriggered, this, &GatewayBar::takeFault);
    setConfig({});
    setState({});
}

GatewayBar::~GatewayBar() = default;

void GatewayBar::setUpMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("gatewayMenu"));
    m_othersAction->setObjectName(QStringLiteral("othersAction"));
    m_othersAction->setCheckable(true);
    menu->addAction(m_othersAction);
    m_ui->moreButton->setMenu(menu);
    m_ui->moreButton->setIcon(themeIcon(QStringLiteral("more")));
    connect(m_othersAction, &QAction::triggered, this, [this](bool isChecked) {
        m_othersAction->setChecked(m_config.allowsOtherMachines); // until it is confirmed
        if (isChecked)
            askToLetOthersIn();
        else
            changeReach(false);
    });
}

void GatewayBar::setUpAddresses()
{
    for (QToolButton *button : {m_ui->copyOpenAiButton, m_ui->copyRootButton, m_ui->copyKeyButton})
        button->setIcon(themeIcon(QStringLiteral("copy")));
    m_ui->newKeyButton->setIcon(themeIcon(QStringLiteral("refresh")));
    for (QLineEdit *edit : {m_ui->openAiEdit, m_ui->rootEdit, m_ui->keyEdit}) {
        edit->setReadOnly(true);
        edit->setFont(monospaceFont());
        edit->setMinimumWidth(edit->fontMetrics().averageCharWidth() * shownLetters); // before the captions
    }
    connect(m_ui->copyOpenAiButton, &QToolButton::clicked, this, [this] { copy(m_ui->openAiEdit->text()); });
    connect(m_ui->copyRootButton, &QToolButton::clicked, this, [this] { copy(m_ui->rootEdit->text()); });
    connect(
        m_ui->copyKeyButton, &QToolButton::clicked, this, [this] { copy(QString::fromLatin1(m_state.key.reveal())); });
    connect(m_ui->revealButton, &QToolButton::toggled, this, &GatewayBar::showKey);
    connect(m_ui->newKeyButton, &QToolButton::clicked, this, &GatewayBar::askForANewKey);
}

void GatewayBar::copy(const QString &text) const
{
    QGuiApplication::clipboard()->setText(text);
}

void GatewayBar::setConfig(const GatewayConfig &config)
{
    m_config = config;
    const QSignalBlocker blocker(m_ui->portBox);
    m_ui->portBox->setValue(config.port);
    m_othersAction->setChecked(config.allowsOtherMachines);
    m_ui->reachLabel->setVisible(config.allowsOtherMachines);
    m_ui->reachLabel->setText(
        tr("Other machines in the network can ask, if they know the key. The connection is not encrypted."));
}

void GatewayBar::setState(const GatewayState &state)
{
    m_state = state;
    m_ui->switchButton->setText(state.isRunning ? tr("Stop") : tr("Start"));
    m_ui->switchButton->setIcon(themeIcon(state.isRunning ? QStringLiteral("stop") : QStringLiteral("play")));
    m_ui->switchButton->setToolTip(state.isRunning ? tr("Programs that use the gateway get no answers then")
                                                   : tr("Listen for requests of other programs"));
    m_ui->stateLabel->setText(state.isRunning ? tr("On, at %1").arg(state.baseUrl.authority()) : tr("Off"));
    paintTones();
    showAddresses();
    showKey();
    if (state.error.isEmpty()) {
        m_ui->banner->dismiss();
        return;
    }
    m_ui->banner->showMessage(Banner::Tone::Error,
        state.isPortTaken ? tr("Port %1 is taken").arg(m_config.port) : tr("The gateway could not start"),
        state.isPortTaken
            ? tr("Another program listens there, maybe a second Diptych. Close it, or take another port. (%1)")
                  .arg(state.error)
            : state.error);
    if (state.isPortTaken)
        m_ui->banner->addAction(QStringLiteral("nextPort"), tr("Take port %1").arg(m_config.port + 1));
    m_ui->banner->addAction(QStringLiteral("again"), tr("Try again"));
}

void GatewayBar::paintTones()
{
    const auto paint = [this](QWidget *label, ThemeColor color) {
        QPalette colors = palette();
        colors.setColor(QPalette::WindowText, themeColor(color, palette()));
        label->setPalette(colors);
    };
    paint(m_ui->stateLabel, m_state.isRunning ? ThemeColor::Success : ThemeColor::Muted);
    paint(m_ui->reachLabel, ThemeColor::Warning);
}

void GatewayBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintTones();
}

void GatewayBar::showAddresses()
{
    const std::vector<GatewayAddress> addresses = gatewayAddresses(m_state.baseUrl);
    QStringList atRoot;
    for (const GatewayAddress &address : addresses) {
        const bool hasPath = address.url.endsWith(QLatin1String("/v1"));
        (hasPath ? m_ui->openAiEdit : m_ui->rootEdit)->setText(address.url);
        (hasPath ? m_ui->openAiEdit : m_ui->rootEdit)->setCursorPosition(0);
        if (hasPath)
            m_ui->openAiLabel->setText(address.name);
        else
            atRoot.append(address.name);
    }
    m_ui->rootLabel->setText(atRoot.join(QStringLiteral(", ")));
}

void GatewayBar::showKey()
{
    const bool isShown = m_ui->revealButton->isChecked();
    const bool hasKey = !m_state.key.isEmpty();
    m_ui->revealButton->setIcon(themeIcon(isShown ? QStringLiteral("eye-off") : QStringLiteral("eye")));
    m_ui->revealButton->setToolTip(isShown ? tr("Hide the key") : tr("Show the key"));
    m_ui->keyEdit->setText(!hasKey ? tr("not read yet")
            : isShown              ? QString::fromLatin1(m_state.key.reveal())
                                   : QString(shownDots, u'•'));
    for (QToolButton *button : {m_ui->revealButton, m_ui->copyKeyButton, m_ui->newKeyButton})
        button->setEnabled(hasKey);
}

void GatewayBar::changePort(int port)
{
    if (port == m_config.port)
        return;
    GatewayConfig changed = m_config;
    changed.port = static_cast<quint16>(port);
    Q_EMIT optionsChanged(changed);
}

void GatewayBar::takeFault(const QString &actionId)
{
    if (actionId == QLatin1String("nextPort"))
        changePort(m_config.port + 1);
    Q_EMIT startRequested();
}

void GatewayBar::changeReach(bool allowsOthers)
{
    GatewayConfig changed = m_config;
    changed.allowsOtherMachines = allowsOthers;
    changed.address = allowsOthers ? everywhere : loopback;
    Q_EMIT optionsChanged(changed);
}

QMessageBox *GatewayBar::ask(const QString &name, const QString &title, const QString &text, const QString &details)
{
    auto *question = new QMessageBox(QMessageBox::Warning, title, text, QMessageBox::NoButton, this);
    question->setObjectName(name);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(details);
    return question;
}

void GatewayBar::askToLetOthersIn()
{
    QMessageBox *question = ask(QStringLiteral("othersQuestion"), tr("Let other machines in"),
        tr("Let every machine in the network use the gateway?"),
        tr("Whoever knows the key can then ask every model that has a route, at your cost. Keys and conversations "
           "travel unencrypted: do this only in a network that you trust."));
    QPushButton *allow = question->addButton(tr("Let them in"), QMessageBox::DestructiveRole);
    allow->setObjectName(QStringLiteral("confirmOthersButton"));
    question->setDefaultButton(question->addButton(tr("Only this machine"), QMessageBox::RejectRole));
    connect(allow, &QPushButton::clicked, this, [this] { changeReach(true); });
    question->open();
}

void GatewayBar::askForANewKey()
{
    QMessageBox *question = ask(QStringLiteral("keyQuestion"), tr("New key"), tr("Make a new key for the gateway?"),
        tr("Programs that have the old one are refused until they are given the new one."));
    QPushButton *renew = question->addButton(tr("Make a new key"), QMessageBox::DestructiveRole);
    renew->setObjectName(QStringLiteral("confirmKeyButton"));
    question->setDefaultButton(question->addButton(tr("Keep the old one"), QMessageBox::RejectRole));
    connect(renew, &QPushButton::clicked, this, &GatewayBar::keyRenewalRequested);
    question->open();
}

} // namespace diptych
