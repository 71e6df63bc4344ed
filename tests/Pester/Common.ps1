# What tests of several cmdlets share. Dot-sourced in their BeforeAll.
# Windows PowerShell prints no recommended action, so there the message carries it.
$inMessage = $PSVersionTable.PSEdition -eq 'Desktop'

function Start-TestService([object[]] $Fault = @(), [hashtable] $Option = @{}) {
    Start-ApiSimulator -Fault $Fault @Option
    Connect-ApiService -Simulator
}

function Get-Sent { (Get-ApiSimulatorRequest).Prompt }

function Assert-Failure($ErrorRecord, $Code, $Category, $Target, $Message, $Fix, $Cmdlet = 'InvokeApiChatCommand') {
    $ErrorRecord.FullyQualifiedErrorId | Should -BeExactly "$Code,ApiTools.Cmdlets.$Cmdlet"
    $ErrorRecord.CategoryInfo.Category | Should -Be $Category
    , $ErrorRecord.TargetObject | Should -BeExactly $Target
    if ($inMessage) { $Message += " Recommendation: $Fix" }
    $ErrorRecord.ErrorDetails.Message | Should -BeExactly $Message
    $ErrorRecord.ErrorDetails.RecommendedAction | Should -BeExactly $Fix
}
